package dev.portcullis.proxy.audit;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.StringWriter;
import java.util.Optional;
import java.util.regex.Pattern;

/// Copies JSON without what looks like a secret, by its key's name or by its shape. The rest is kept as
/// it is, except for what `jsonb` cannot hold: U+0000, halves of surrogate pairs, numbers of absurd
/// size.
///
/// JSON longer than [#LARGEST] characters is copied without its long texts, or not at all when that
/// does not suffice.
final class Redaction {
    static final int LARGEST = 64 * 1024;

    /// How long a text may be in JSON that is too large.
    private static final int LONG_TEXT = 256;

    private static final Pattern SENSIBLE_NUMBER = Pattern.compile("-?[0-9.]{1,400}(?:[eE][+-]?[0-9]{1,4})?");

    private final JsonParser parser;
    private final JsonGenerator generator;
    private final int longestText;

    private Redaction(JsonParser parser, JsonGenerator generator, int longestText) {
        this.parser = parser;
        this.generator = generator;
        this.longestText = longestText;
    }

    static String redact(String json) {
        return json.length() <= LARGEST
                ? copy(json, LARGEST, Integer.MAX_VALUE).orElseThrow()
                : copy(json, LONG_TEXT, LARGEST).orElseGet(() -> omitted(json));
    }

    /// @return empty when the copy is longer than `most` characters
    private static Optional<String> copy(String json, int longestText, int most) {
        var copy = new StringWriter();
        try (var parser = ArgumentsJson.parser(json);
                var generator = ArgumentsJson.generator(copy)) {
            var redaction = new Redaction(parser, generator, longestText);
            while (parser.nextToken() != null) {
                redaction.token(parser.currentToken());
                if (copy.getBuffer().length() > most) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(copy.toString()).filter(text -> text.length() <= most);
    }

    private static String omitted(String json) {
        return "{\"dev.portcullis/omitted\": {\"characters\": " + json.length() + "}}";
    }

    private void token(JsonToken token) {
        switch (token) {
            case PROPERTY_NAME -> name(parser.currentName());
            case VALUE_STRING -> generator.writeString(text(parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            default -> generator.copyCurrentEvent(parser);
        }
    }

    private void name(String name) {
        generator.writeName(text(name));
        if (SecretNames.matches(name)) {
            secret(parser.nextToken());
        }
    }

    /// What is absent, empty, true or false gives nothing away.
    private void secret(JsonToken token) {
        switch (token) {
            case VALUE_NULL, VALUE_TRUE, VALUE_FALSE -> generator.copyCurrentEvent(parser);
            case VALUE_STRING -> generator.writeString(parser.getString().isEmpty() ? "" : SecretShapes.REDACTED);
            default -> {
                parser.skipChildren();
                generator.writeString(SecretShapes.REDACTED);
            }
        }
    }

    private String text(String text) {
        return text.length() > longestText
                ? "[omitted: " + text.length() + " characters]"
                : PlainText.of(SecretShapes.redact(text));
    }

    private void number(String number) {
        if (SENSIBLE_NUMBER.matcher(number).matches()) {
            generator.writeNumber(number);
        } else {
            generator.writeString(PlainText.of(number, LONG_TEXT));
        }
    }
}
