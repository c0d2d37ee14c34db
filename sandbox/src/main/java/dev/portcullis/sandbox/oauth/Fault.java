package dev.portcullis.sandbox.oauth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What the sandbox can do wrong on purpose: mostly what was seen of Port, and what a client or a gateway
/// must bear. Some take a number.
public enum Fault {
    ISSUER_MISMATCH("The metadata names another issuer than the one it is found at."),
    WRONG_REGION("Good tokens get a 401 about their signature, as in the other region."),
    NO_REGISTRATION("Clients cannot register, as before SSO is at domain level."),
    LOGIN_REFUSED("Signing in ends with access_denied, as when SSO is not ready."),
    TOKEN_LIMIT("More than N token requests in 15 minutes get a 429, by client.", 50),
    SLOW_TOKEN("Token endpoints answer after N milliseconds.", 5_000),
    SHORT_TOKENS("Access tokens live N seconds.", 3),
    REFRESH_RACE("A refresh token used twice is an invalid_grant and ends the sign-in."),
    STRICT_RESOURCE("An unknown resource is an invalid_target; tokens are for the one named."),
    REVOKE_AFTER("A machine's token gets a 401 with a challenge after N requests.", 3),
    API_TOKEN_REFUSED("/v1 refuses the tokens of /v1/auth/access_token."),
    ADDRESS_REFUSED("/v1 answers 403 to everybody, as to addresses not on a list."),
    MANY_CHALLENGES("A 401 has challenges of several schemes, in fields hard to read."),
    CHALLENGE_LESS_401("A 401 has no challenge."),
    HTML_ERRORS("Errors are HTML pages instead of JSON.");

    static final int LARGEST = 1_000_000;

    private final String description;
    private final OptionalInt usual;

    Fault(String description) {
        this.description = description;
        this.usual = OptionalInt.empty();
    }

    Fault(String description, int usual) {
        this.description = description;
        this.usual = OptionalInt.of(usual);
    }

    /// Its name on the command line, such as `no-registration`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// One sentence; its number is called N.
    public String description() {
        return description;
    }

    /// The number it has unless another is given, for those that have one.
    public OptionalInt usual() {
        return usual;
    }

    /// `token-limit[=50]`, as help and documentation show it.
    public String synopsis() {
        return usual.isPresent() ? "%s[=%d]".formatted(label(), usual.getAsInt()) : label();
    }

    static Optional<Fault> labelled(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(Fault::label).collect(Collectors.joining(", "));
    }
}
