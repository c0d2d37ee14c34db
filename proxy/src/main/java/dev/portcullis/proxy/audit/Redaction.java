package dev.portcullis.proxy.audit;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

import java.io.StringWriter;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    private final UnaryOperator<String> hide;
    private final HiddenValues hidden;

    private Redaction(
            JsonParser parser,
            JsonGenerator generator,
            int longestText,
            UnaryOperator<String> hide,
            HiddenValues hidden) {
        this.parser = parser;
        this.generator = generator;
        this.longestText = longestText;
        this.hide = hide;
        this.hidden = hidden;
    }

    static String redact(String json) {
        return redact(json, UnaryOperator.identity(), HiddenValues.untold());
    }

    /// @param hide takes out of a text what is a secret in this exchange alone
    /// @param hidden is told of every value that is not in the copy as it was
    static String redact(String json, UnaryOperator<String> hide, HiddenValues hidden) {
        if (json.length() <= LARGEST) {
            return copy(json, LARGEST, Integer.MAX_VALUE, hide, hidden).orElseThrow();
        }
        return copy(json, LONG_TEXT, LARGEST, hide, hidden).orElseGet(() -> {
            hidden.everything();
            return omitted(json);
        });
    }

    /// @return empty when the copy is longer than `most` characters
    private static Optional<String> copy(
            String json, int longestText, int most, UnaryOperator<String> hide, HiddenValues hidden) {
        var copy = new StringWriter();
        try (var parser = ArgumentsJson.parser(json);
                var generator = ArgumentsJson.generator(copy)) {
            var redaction = new Redaction(parser, generator, longestText, hide, hidden);
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
            case VALUE_STRING -> value(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            default -> generator.copyCurrentEvent(parser);
        }
    }

    /// Where a name is hidden, nothing can be found in its object any more.
    private void name(String name) {
        var shown = text(name);
        if (!shown.equals(name)) {
            hidden.object(here().head());
        }
        generator.writeName(shown);
        if (SecretNames.matches(name)) {
            secret(parser.nextToken());
        }
    }

    private void value(String text) {
        var shown = text(text);
        if (!shown.equals(text)) {
            hidden.text(here(), text);
        }
        generator.writeString(shown);
    }

    /// What is absent, empty, true or false gives nothing away.
    private void secret(JsonToken token) {
        switch (token) {
            case VALUE_NULL, VALUE_TRUE, VALUE_FALSE -> generator.copyCurrentEvent(parser);
            case VALUE_STRING -> secret(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                hidden.number(here(), parser.getString());
                generator.writeString(SecretShapes.REDACTED);
            }
            case START_ARRAY -> {
                hidden.array(here());
                skip();
            }
            default -> {
                hidden.object(here());
                skip();
            }
        }
    }

    private void secret(String text) {
        if (!text.isEmpty()) {
            hidden.text(here(), text);
        }
        generator.writeString(text.isEmpty() ? "" : SecretShapes.REDACTED);
    }

    private void skip() {
        parser.skipChildren();
        generator.writeString(SecretShapes.REDACTED);
    }

    private String text(String text) {
        return text.length() > longestText
                ? "[omitted: " + text.length() + " characters]"
                : PlainText.of(hide.apply(SecretShapes.redact(text)));
    }

    /// The database writes out numbers that have an exponent.
    private void number(String number) {
        if (!SENSIBLE_NUMBER.matcher(number).matches()) {
            hidden.number(here(), number);
            generator.writeString(PlainText.of(number, LONG_TEXT));
            return;
        }
        if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            hidden.number(here(), number);
        }
        generator.writeNumber(number);
    }

    private JsonPointer here() {
        return parser.streamReadContext().pathAsPointer();
    }
}
