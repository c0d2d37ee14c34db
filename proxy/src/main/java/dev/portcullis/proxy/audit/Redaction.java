package dev.portcullis.proxy.audit;

import dev.portcullis.policy.HiddenValue.Kind;
import dev.portcullis.policy.Keeping.Keep;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Copies JSON without what looks like a secret, by its key's name or by its shape, in JSON inside of texts too, and
/// without what rules hide, in such texts too. The rest is kept as it is, except for what `jsonb` cannot hold:
/// U+0000, halves of surrogate pairs, numbers of absurd size.
///
/// JSON longer than [#LARGEST] characters is copied without its long texts, or not at all when that
/// does not suffice.
final class Redaction {
    static final int LARGEST = 64 * 1024;

    /// How long a text may be in JSON that is too large.
    private static final int LONG_TEXT = 256;

    /// `jsonb` gives all digits of `1e9999`: 64 KiB of such numbers would be 90 MiB for whoever reads the record.
    /// Doubles end at 308.
    private static final Pattern SENSIBLE_NUMBER =
            Pattern.compile("-?[0-9.]{1,400}(?:[eE][+-]?(?:[0-4]?[0-9])?[0-9])?");

    /// How deep JSON in texts of JSON is looked into.
    private static final int DEEPEST_TEXT = 3;

    private final JsonParser parser;
    private final JsonGenerator generator;
    private final int longestText;
    private final Terms terms;
    private final SecretPairs pairs;
    /// What rules hide of the objects and lists that are open, the innermost first.
    private final Deque<HiddenPlaces> around = new ArrayDeque<>();

    private Redaction(JsonParser parser, JsonGenerator generator, int longestText, Terms terms, SecretPairs pairs) {
        this.parser = parser;
        this.generator = generator;
        this.longestText = longestText;
        this.terms = terms;
        this.pairs = pairs;
    }

    /// What is hidden beside secrets, and who hears of it.
    ///
    /// @param hide takes out of a text what is a secret in this exchange alone
    /// @param places what rules hide
    /// @param hidden is told of every value that is not in the copy as it was
    /// @param depth of how many texts the JSON is the content
    record Terms(UnaryOperator<String> hide, HiddenPlaces places, HiddenValues hidden, int depth) {
        static final Terms USUAL = new Terms(UnaryOperator.identity(), HiddenPlaces.none(), HiddenValues.untold(), 0);

        Terms(UnaryOperator<String> hide, HiddenPlaces places, HiddenValues hidden) {
            this(hide, places, hidden, 0);
        }
    }

    static String redact(String json) {
        return redact(json, Terms.USUAL);
    }

    static String redact(String json, Terms terms) {
        if (json.length() <= LARGEST) {
            return copy(json, LARGEST, Integer.MAX_VALUE, terms).orElseThrow();
        }
        return copy(json, LONG_TEXT, LARGEST, terms).orElseGet(() -> {
            if (terms.places().forget()) {
                terms.hidden().forgotten(JsonPointer.empty(), Kind.OBJECT);
            }
            terms.hidden().everything();
            return omitted(json);
        });
    }

    /// The same in no more than so many bytes: without long texts, or without everything, when that is needed.
    static String redact(String json, Terms terms, int mostBytes) {
        var whole = redact(json, terms);
        if (isWithin(whole, mostBytes)) {
            return whole;
        }
        var shorter = copy(json, Math.min(LONG_TEXT, mostBytes), LARGEST, terms);
        return shorter.filter(text -> isWithin(text, mostBytes)).orElseGet(() -> omitted(json));
    }

    private static boolean isWithin(String text, int mostBytes) {
        return text.getBytes(StandardCharsets.UTF_8).length <= mostBytes;
    }

    /// @return empty when the copy is longer than `most` characters
    private static Optional<String> copy(String json, int longestText, int most, Terms terms) {
        var copy = new StringWriter();
        try (var parser = ArgumentsJson.parser(json);
                var generator = ArgumentsJson.generator(copy)) {
            var redaction = new Redaction(parser, generator, longestText, terms, SecretPairs.in(json));
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
            case END_OBJECT, END_ARRAY -> {
                around.pop();
                generator.copyCurrentEvent(parser);
            }
            default -> value(token, places(token));
        }
    }

    /// What rules hide of the value that begins here.
    private HiddenPlaces places(JsonToken token) {
        var outside = around.isEmpty() ? terms.places() : around.element();
        var context = parser.streamReadContext();
        var parent = token.isStructStart() ? context.getParent() : context;
        if (outside.isEmpty() || parent.inRoot()) {
            return outside;
        }
        return outside.under(parent.inArray() ? String.valueOf(parent.getCurrentIndex()) : parent.currentName());
    }

    private void value(JsonToken token, HiddenPlaces places) {
        var rule = places.keep();
        if (rule.isPresent()) {
            byRule(token, places, rule.get());
            return;
        }
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                around.push(places);
                generator.copyCurrentEvent(parser);
            }
            case VALUE_STRING -> text(parser.getString(), places);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            default -> generator.copyCurrentEvent(parser);
        }
    }

    /// A value that a rule hides, with all that stands inside of it.
    private void byRule(JsonToken token, HiddenPlaces places, Keep keep) {
        var at = here();
        var kind = kind(token);
        var value = token.isStructStart() ? children() : parser.getString();
        if (keep == Keep.NOTHING) {
            terms.hidden().forgotten(at, kind);
        } else {
            switch (kind) {
                case STRING -> terms.hidden().text(at, value);
                case NUMBER -> terms.hidden().number(at, value);
                case ARRAY -> terms.hidden().array(at);
                case OBJECT -> terms.hidden().object(at);
                case UNKNOWN -> terms.hidden().other(at);
            }
        }
        generator.writeString(places.sign(keep, value));
    }

    private static Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> Kind.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case START_ARRAY -> Kind.ARRAY;
            case START_OBJECT -> Kind.OBJECT;
            default -> Kind.UNKNOWN;
        };
    }

    /// What begins here, as it would be were its keys in order.
    private String children() {
        var text = new StringWriter();
        try (var copy = ArgumentsJson.generator(text)) {
            copy.copyCurrentStructure(parser);
        }
        return CanonicalJson.of(text.toString());
    }

    /// Where a name is hidden, nothing can be found in its object any more.
    private void name(String name) {
        var shown = text(name);
        if (!shown.equals(name)) {
            terms.hidden().object(here().head());
        }
        generator.writeName(shown);
        if (SecretNames.matches(name) || pairs.hide(parser)) {
            secret(parser.nextToken());
        }
    }

    /// The value of a secret, of which a rule may leave still less.
    private void secret(JsonToken token) {
        var places = places(token);
        places.keep()
                .or(() -> places.least().filter(keep -> keep == Keep.NOTHING))
                .ifPresentOrElse(keep -> byRule(token, places, keep), () -> bySecretName(token));
    }

    private void text(String text, HiddenPlaces places) {
        var inside = new HiddenValues.Noticed();
        var shown = isJson(text) ? json(text, places, inside) : text(text);
        if (inside.forgets()) {
            terms.hidden().forgotten(here(), Kind.STRING);
        } else if (!shown.equals(text)) {
            terms.hidden().text(here(), text);
        }
        generator.writeString(shown);
    }

    private static boolean isJson(String text) {
        var json = text.stripLeading();
        return json.startsWith("{") || json.startsWith("[");
    }

    /// A text that begins like JSON, without what is hidden in it. Where it cannot be read to its end, nothing of it is
    /// left when a rule hides something in it.
    private String json(String text, HiddenPlaces places, HiddenValues.Noticed inside) {
        if (text.length() <= longestText && terms.depth() < DEEPEST_TEXT) {
            var deeper = new Terms(terms.hide(), places, inside, terms.depth() + 1);
            try {
                return copy(text.strip(), longestText, Integer.MAX_VALUE, deeper)
                        .filter(copy -> inside.any() && hides(copy))
                        .orElseGet(() -> text(text));
            } catch (JacksonException noJson) {
                // some servers read more than JSON
            }
        }
        if (places.forget()) {
            inside.forgotten(here(), Kind.STRING);
        }
        return text.length() > longestText
                ? text(text)
                : places.least().map(keep -> places.sign(keep, text)).orElseGet(() -> text(text));
    }

    private static boolean hides(String copy) {
        return copy.contains(SecretShapes.REDACTED) || copy.contains(HiddenPlaces.DIGEST);
    }

    /// What is absent, empty, true or false gives nothing away.
    private void bySecretName(JsonToken token) {
        switch (token) {
            case VALUE_NULL, VALUE_TRUE, VALUE_FALSE -> generator.copyCurrentEvent(parser);
            case VALUE_STRING -> secret(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                terms.hidden().number(here(), parser.getString());
                generator.writeString(SecretShapes.REDACTED);
            }
            case START_ARRAY -> {
                terms.hidden().array(here());
                skip();
            }
            default -> {
                terms.hidden().object(here());
                skip();
            }
        }
    }

    private void secret(String text) {
        if (!text.isEmpty()) {
            terms.hidden().text(here(), text);
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
                : PlainText.of(terms.hide().apply(SecretShapes.redact(text)));
    }

    /// The database writes out numbers that have an exponent.
    private void number(String number) {
        if (!SENSIBLE_NUMBER.matcher(number).matches()) {
            terms.hidden().number(here(), number);
            generator.writeString(PlainText.of(number, LONG_TEXT));
            return;
        }
        if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            terms.hidden().number(here(), number);
        }
        generator.writeNumber(number);
    }

    private JsonPointer here() {
        return parser.streamReadContext().pathAsPointer();
    }
}
