package dev.portcullis.proxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One way in which a server asks for credentials, as `WWW-Authenticate` says it.
///
/// @param scheme as written; schemes compare without case
/// @param token what stands in place of parameters, as with Negotiate; mostly empty
/// @param parameters in order
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, section 11.6.1</a>
public record Challenge(String scheme, String token, List<Parameter> parameters) {
    private static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED =
            "\"[\\t !#-\\[\\]-~\\x80-\\xff]*+(?:\\\\[\\t -~\\x80-\\xff][\\t !#-\\[\\]-~\\x80-\\xff]*+)*+\"";
    private static final Pattern SCHEME = Pattern.compile("(" + NAME + ")");
    private static final Pattern PARAMETER =
            Pattern.compile("[ \\t]*(" + NAME + ")[ \\t]*=[ \\t]*(" + NAME + "|" + QUOTED + ")(?=[ \\t]*(?:,|$))");
    private static final Pattern TOKEN = Pattern.compile(" +([A-Za-z0-9._~+/-]+=*)(?=[ \\t]*(?:,|$))");
    private static final Pattern COMMAS = Pattern.compile("[ \\t]*(?:,[ \\t]*)+");
    private static final Pattern LEADING = Pattern.compile("[ \\t,]*");

    public Challenge {
        parameters = List.copyOf(parameters);
    }

    /// @param value without the quotes it may have been written in
    public record Parameter(String name, String value) {}

    /// The challenges of all fields of a response; empty when they are not well-formed as a whole.
    public static Optional<List<Challenge>> read(List<String> fields) {
        // Several fields are one list: RFC 9110, section 5.3.
        return new Reader(String.join(", ", fields)).challenges();
    }

    public boolean is(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /// The value of the first parameter of that name.
    public Optional<String> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                .map(Parameter::value)
                .findFirst();
    }

    /// The same with this parameter before all others, in the place of any that had its name.
    public Challenge with(String name, String value) {
        var changed = new ArrayList<Parameter>();
        changed.add(new Parameter(name, value));
        changed.addAll(without(name).parameters());
        return new Challenge(scheme, "", changed);
    }

    public Challenge without(String name) {
        return new Challenge(
                scheme,
                token,
                parameters.stream()
                        .filter(parameter -> !parameter.name().equalsIgnoreCase(name))
                        .toList());
    }

    /// The text of a field that holds this challenge alone.
    public String written() {
        var rest = token.isEmpty()
                ? parameters.stream()
                        .map(parameter ->
                                parameter.name() + "=\"" + parameter.value().replaceAll("([\"\\\\])", "\\\\$1") + "\"")
                        .collect(Collectors.joining(", "))
                : token;
        return rest.isEmpty() ? scheme : scheme + " " + rest;
    }

    private static final class Reader {
        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        Optional<List<Challenge>> challenges() {
            var challenges = new ArrayList<Challenge>();
            take(LEADING);
            while (position < text.length()) {
                var scheme = take(SCHEME);
                if (scheme.isEmpty()) {
                    return Optional.empty();
                }
                challenges.add(challenge(scheme.get().group(1)));
                if (position < text.length() && take(COMMAS).isEmpty()) {
                    return Optional.empty();
                }
            }
            return Optional.of(challenges);
        }

        private Challenge challenge(String scheme) {
            var parameters = new ArrayList<Parameter>();
            for (var next = firstParameter(); next.isPresent(); next = nextParameter()) {
                parameters.add(parameter(next.get()));
            }
            var token = parameters.isEmpty() ? take(TOKEN).map(found -> found.group(1)) : Optional.<String>empty();
            return new Challenge(scheme, token.orElse(""), parameters);
        }

        private Optional<Matcher> firstParameter() {
            return position < text.length() && text.charAt(position) == ' ' ? take(PARAMETER) : Optional.empty();
        }

        /// After a comma there is another parameter, or else the next challenge.
        private Optional<Matcher> nextParameter() {
            var before = position;
            var parameter = take(COMMAS).flatMap(comma -> take(PARAMETER));
            if (parameter.isEmpty()) {
                position = before;
            }
            return parameter;
        }

        private static Parameter parameter(Matcher found) {
            var value = found.group(2);
            return new Parameter(
                    found.group(1),
                    value.startsWith("\"")
                            ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                            : value);
        }

        private Optional<Matcher> take(Pattern pattern) {
            var matcher = pattern.matcher(text).region(position, text.length());
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            position = matcher.end();
            return Optional.of(matcher);
        }
    }
}
