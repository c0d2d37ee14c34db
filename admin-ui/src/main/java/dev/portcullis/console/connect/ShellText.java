package dev.portcullis.console.connect;

import java.util.regex.Pattern;

/// Words of a command of a POSIX shell.
final class ShellText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    private ShellText() {}

    /// One word that means this text and nothing else.
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /// One word in which the shell replaces a variable, and nothing else.
    ///
    /// @param before the text in front of it
    static String withVariable(String before, String variable) {
        return "\"" + before.replaceAll("([\\\\\"$`])", "\\\\$1") + "$" + variable + "\"";
    }
}
