package dev.portcullis.ledger;

import java.util.Base64;
import java.util.regex.Pattern;

/// Keys as text, [RFC 7468](https://www.rfc-editor.org/rfc/rfc7468).
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    static String encode(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /// @throws IllegalArgumentException when there is no such block; the message does not show the text
    static byte[] decode(String label, String text) {
        var found = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
                .matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("(expected: PEM with a block " + label + ")");
        }
        return Base64.getMimeDecoder().decode(found.group(1));
    }
}
