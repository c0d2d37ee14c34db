package dev.portcullis.proxy.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// Makes bodies that readers may understand differently: real calls, changed in one to three places.
final class BodyMutations {
    private static final List<String> METHODS =
            List.of("tools/call", "tools/call", "tools/call", "tools/list", "resources/read", "ping", "tools/execute");
    private static final List<String> TOOLS = List.of("list_entities", "run_action", "delete_entity", "upsert_entity");
    private static final List<String> ARGUMENTS = List.of(
            "{}",
            "{\"actionIdentifier\":\"create_incident\",\"properties\":{\"title\":\"x\",\"n\":1.50}}",
            "{\"identifier\":\"svc\",\"blueprint\":\"service\",\"list\":[1,{\"a\":null},\"\\u00fc\"]}",
            "{\"a\":{\"b\":{\"c\":[[],{}]}},\"big\":123456789012345678901234567890}");
    private static final List<String> VALUES = List.of(
            "\"delete_entity\"",
            "\"run_action\"",
            "\"tools/call\"",
            "\"tools/list\"",
            "\"deploy_service\"",
            "{\"name\":\"delete_entity\",\"arguments\":{\"x\":1}}",
            "{}",
            "null",
            "[]",
            "7",
            "true",
            "\"2025-06-18\"");
    private static final List<String> NUMBERS = List.of(
            "1e400",
            "-0.0",
            "9007199254740993",
            "1E+2",
            "0.1000",
            "1e-999999999",
            "1".repeat(399),
            "01",
            "+1",
            "NaN",
            "0x10",
            "1.",
            "1e99999999999");
    private static final List<String> TAILS =
            List.of(" ", "\n\n", "{}", "x", "// end", "/* end */", "\0", "]", ",{\"method\":\"tools/call\"}");
    private static final Pattern KEY = Pattern.compile("\"([^\"\\\\]+)\":");
    private static final Pattern VALUE = Pattern.compile(":(\"[^\"\\\\]*\"|[0-9.]+|true|null)");

    private final Random random;
    private final List<BiFunction<BodyMutations, String, String>> kinds = List.of(
            BodyMutations::repeatedKey,
            BodyMutations::repeatedKey,
            BodyMutations::keyInAnotherCase,
            BodyMutations::keyInAnotherCase,
            BodyMutations::keyWithNul,
            BodyMutations::escapedKey,
            BodyMutations::escapedKey,
            BodyMutations::otherValue,
            BodyMutations::otherNumber,
            BodyMutations::halfSurrogate,
            BodyMutations::comment,
            BodyMutations::byteOrderMark,
            BodyMutations::tail,
            BodyMutations::batch,
            BodyMutations::blanks,
            BodyMutations::characterChanged);

    BodyMutations(long seed) {
        random = new Random(seed);
    }

    /// A body, and the call that its sender announces in the headers.
    record Body(byte[] bytes, boolean modern, String method, String name) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    Body next() {
        var modern = random.nextBoolean();
        var method = oneOf(METHODS);
        var tool = oneOf(TOOLS);
        var text = call(modern, method, tool);
        for (int left = random.nextInt(4); left > 0; left--) {
            text = oneOf(kinds).apply(this, text);
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Body(random.nextInt(20) == 0 ? withStrayByte(bytes) : bytes, modern, method, tool);
    }

    private String call(boolean modern, String method, String tool) {
        var meta = modern
                ? ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}"
                : random.nextBoolean() ? ",\"_meta\":{\"progressToken\":1}" : "";
        return "{\"jsonrpc\":\"2.0\",\"id\":" + random.nextInt(100) + ",\"method\":\"" + method
                + "\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + oneOf(ARGUMENTS) + meta + "}}";
    }

    private String repeatedKey(String text) {
        var key = KEY.matcher(text).results().toList();
        if (key.isEmpty()) {
            return text;
        }
        var chosen = oneOf(key);
        return random.nextBoolean()
                ? inserted(text, chosen.start(), "\"" + chosen.group(1) + "\":" + oneOf(VALUES) + ",")
                : beforeEnd(text, ",\"" + chosen.group(1) + "\":" + oneOf(VALUES));
    }

    private String keyInAnotherCase(String text) {
        var key = KEY.matcher(text).results().toList();
        if (key.isEmpty()) {
            return text;
        }
        var chosen = oneOf(key);
        var other = inAnotherCase(chosen.group(1));
        return random.nextBoolean()
                ? inserted(text, chosen.start(), "\"" + other + "\":" + oneOf(VALUES) + ",")
                : text.substring(0, chosen.start(1)) + other + text.substring(chosen.end(1));
    }

    private String inAnotherCase(String key) {
        return switch (random.nextInt(5)) {
            case 0 -> key.toUpperCase(Locale.ROOT);
            case 1 -> key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
            case 2 -> key.replace('s', '\u017F').replace('k', '\u212A');
            case 3 -> key + " ";
            default -> key.replaceFirst("[aemn]", "\uFF41");
        };
    }

    private String keyWithNul(String text) {
        var key = KEY.matcher(text).results().toList();
        if (key.isEmpty()) {
            return text;
        }
        var nul = random.nextBoolean() ? "\\u0000" : "\0";
        return inserted(
                text,
                oneOf(key).start(),
                "\"" + oneOf(key).group(1) + nul + (random.nextBoolean() ? "x" : "") + "\":" + oneOf(VALUES) + ",");
    }

    private String escapedKey(String text) {
        var key = KEY.matcher(text).results().toList();
        if (key.isEmpty()) {
            return text;
        }
        var chosen = oneOf(key);
        var at = chosen.start(1) + random.nextInt(chosen.group(1).length());
        return text.substring(0, at) + "\\u%04x".formatted((int) text.charAt(at)) + text.substring(at + 1);
    }

    private String otherValue(String text) {
        return replaced(text, oneOf(VALUES));
    }

    private String otherNumber(String text) {
        return replaced(text, oneOf(NUMBERS));
    }

    private String halfSurrogate(String text) {
        return replaced(text, "\"a" + oneOf(List.of("\\ud800", "\\udfff", "\\ud83d\\ude00", "\\ude00\\ud83d")) + "\"");
    }

    private String replaced(String text, String value) {
        var found = VALUE.matcher(text).results().toList();
        if (found.isEmpty()) {
            return text;
        }
        var chosen = oneOf(found);
        return text.substring(0, chosen.start(1)) + value + text.substring(chosen.end(1));
    }

    private String comment(String text) {
        var comment = oneOf(List.of("/*\"method\":\"ping\",*/", "//x\n", "#x\n", "/*", "\u00A0", "\uFEFF"));
        var key = KEY.matcher(text).results().toList();
        return key.isEmpty() ? comment + text : inserted(text, oneOf(key).start(), comment);
    }

    private String byteOrderMark(String text) {
        return oneOf(List.of("\uFEFF", " \uFEFF", "\uFEFF ", "\0")) + text;
    }

    private String tail(String text) {
        return text + oneOf(TAILS);
    }

    private String batch(String text) {
        return oneOf(List.of("[", " [", "[null,")) + text + "]";
    }

    private String blanks(String text) {
        return text.replace(":", oneOf(List.of(" : ", ":\n\t", "\r:")));
    }

    private String characterChanged(String text) {
        if (text.isEmpty()) {
            return text;
        }
        var at = random.nextInt(text.length());
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 -> inserted(text, at, String.valueOf("\"{}[],:\\\0\n'x1".charAt(random.nextInt(13))));
            default -> text.substring(0, at);
        };
    }

    private byte[] withStrayByte(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        var at = random.nextInt(bytes.length + 1);
        out.write(bytes, 0, at);
        out.writeBytes(oneOf(List.of(new byte[] {(byte) 0xFF}, new byte[] {(byte) 0xC0, (byte) 0x80}, new byte[] {
            (byte) 0xED, (byte) 0xA0, (byte) 0x80
        })));
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private String beforeEnd(String text, String addition) {
        var ends = Pattern.compile("}").matcher(text).results().toList();
        return ends.isEmpty() ? text : inserted(text, oneOf(ends).start(), addition);
    }

    private static String inserted(String text, int at, String addition) {
        return text.substring(0, at) + addition + text.substring(at);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
