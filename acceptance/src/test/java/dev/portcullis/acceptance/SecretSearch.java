package dev.portcullis.acceptance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds secrets in bytes of any kind: as they are, URL-encoded, in hexadecimal, in Base64 of both alphabets
/// whatever stands before them; and pieces of them, so that a secret with one wrong character is found too.
final class SecretSearch {
    private static final int PIECE = 20;
    /// `pck_`, twelve characters, and another underscore.
    private static final int OPEN_PART_OF_A_KEY = 17;
    private static final int WINDOW = Long.BYTES;
    /// What begins every JSON Web Token, and is no secret.
    private static final Pattern TOKENS_HEADER = Pattern.compile("eyJ[A-Za-z0-9_-]*");

    private final Map<Long, List<Needle>> needles = new HashMap<>();
    /// Whether a needle's window ends in these two bytes: most places need no look into the map.
    private final boolean[] ends = new boolean[1 << Short.SIZE];

    /// @param name of the secret
    private record Needle(String name, byte[] bytes) {
        boolean isAt(byte[] text, int from) {
            return from + bytes.length <= text.length
                    && Arrays.equals(text, from, from + bytes.length, bytes, 0, bytes.length);
        }
    }

    /// @param secret at least eight characters
    void add(String name, String secret) {
        pieces(secret)
                .flatMap(SecretSearch::forms)
                .map(form -> new Needle(name, form.getBytes(StandardCharsets.UTF_8)))
                .filter(needle -> needle.bytes().length >= WINDOW)
                .forEach(this::add);
    }

    /// But for what it is found by, which may be shown.
    void addApiKey(String name, String key) {
        add(name, key.substring(OPEN_PART_OF_A_KEY));
    }

    private void add(Needle needle) {
        var window = window(needle.bytes());
        ends[(int) (window & 0xffff)] = true;
        needles.computeIfAbsent(window, any -> new ArrayList<>()).add(needle);
    }

    /// The names of the secrets of which something stands in there.
    Set<String> in(byte[] text) {
        var found = new TreeSet<String>();
        long window = 0;
        for (int at = 0; at < text.length; at++) {
            window = window << Byte.SIZE | (text[at] & 0xffL);
            if (ends[(int) (window & 0xffff)] && at >= WINDOW - 1) {
                for (var needle : needles.getOrDefault(window, List.of())) {
                    if (needle.isAt(text, at - WINDOW + 1)) {
                        found.add(needle.name());
                    }
                }
            }
        }
        return found;
    }

    Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same for the files below a folder.
    ///
    /// @return such as `logs/portcullis.log: admin token`
    Set<String> inFiles(Path folder, Predicate<Path> isWanted) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).filter(isWanted).toList()) {
                in(Files.readAllBytes(file)).forEach(secret -> found.add(folder.relativize(file) + ": " + secret));
            }
        }
        return found;
    }

    private static Stream<String> pieces(String secret) {
        var parts = secret.split("\\.");
        return Arrays.stream(parts)
                .skip(parts.length > 2 && TOKENS_HEADER.matcher(parts[0]).matches() ? 1 : 0)
                .flatMap(part -> part.length() <= PIECE
                        ? Stream.of(part)
                        : Stream.of(part.substring(0, PIECE), part.substring(part.length() - PIECE)));
    }

    private static Stream<String> forms(String piece) {
        var hex = HexFormat.of().formatHex(piece.getBytes(StandardCharsets.UTF_8));
        return Stream.concat(
                        Stream.of(piece, hex, hex.toUpperCase(), URLEncoder.encode(piece, StandardCharsets.UTF_8)),
                        Stream.of(0, 1, 2).flatMap(before -> base64(piece, before)))
                .distinct();
    }

    /// @param before how many bytes stand before it in its group of three
    private static Stream<String> base64(String piece, int before) {
        var bytes = ("\0".repeat(before) + piece).getBytes(StandardCharsets.UTF_8);
        var encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        // The characters at both ends depend on what stands beside it.
        var own = encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1);
        return Stream.of(own, own.replace('+', '-').replace('/', '_'));
    }

    private static long window(byte[] bytes) {
        long window = 0;
        for (int i = 0; i < WINDOW; i++) {
            window = window << Byte.SIZE | (bytes[i] & 0xffL);
        }
        return window;
    }
}
