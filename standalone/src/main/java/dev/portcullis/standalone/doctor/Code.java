package dev.portcullis.standalone.doctor;

import static dev.portcullis.standalone.doctor.Check.CONNECTION;
import static dev.portcullis.standalone.doctor.Check.CONSOLE;
import static dev.portcullis.standalone.doctor.Check.GATEWAY;
import static dev.portcullis.standalone.doctor.Check.NAME;
import static dev.portcullis.standalone.doctor.Check.POLICY;
import static dev.portcullis.standalone.doctor.Check.ROUTE;
import static dev.portcullis.standalone.doctor.Check.SIGN_IN;
import static dev.portcullis.standalone.doctor.Check.TLS;
import static dev.portcullis.standalone.doctor.Check.TOOLS;
import static dev.portcullis.standalone.doctor.Check.UPSTREAM;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be found, by a key that scripts rely on. Where the gateway itself gives a reason, the key is
/// the gateway's.
public enum Code {
    NAME_FOUND(NAME),
    NAME_UNKNOWN(NAME),
    NAME_NOT_ANSWERED(NAME),
    NAME_UNUSABLE(NAME),

    CONNECTED(CONNECTION),
    CONNECTED_PARTLY(CONNECTION),
    CONNECTION_REFUSED(CONNECTION),
    CONNECTION_LOST(CONNECTION),
    CONNECTION_UNREACHABLE(CONNECTION),

    TLS_GOOD(TLS),
    TLS_ENDS_SOON(TLS),
    TLS_EXPIRED(TLS),
    TLS_NOT_YET_VALID(TLS),
    TLS_UNTRUSTED(TLS),
    TLS_WRONG_NAME(TLS),
    TLS_MISSING(TLS),
    TLS_UNEXPECTED(TLS),
    TLS_CLIENT_CERTIFICATE(TLS),
    TLS_NOT_ANSWERED(TLS),
    TLS_FAILED(TLS),

    GATEWAY_ANSWERS(GATEWAY),
    ANOTHER_PROGRAM(GATEWAY),
    REDIRECTED(GATEWAY),
    GATEWAY_BEHIND_IS_DOWN(GATEWAY),
    NOT_HTTP(GATEWAY),
    NOT_ANSWERED(GATEWAY),
    HUNG_UP(GATEWAY),
    FOREIGN_HOST(GATEWAY),
    PUBLIC_URL_UNKNOWN(GATEWAY),
    PUBLIC_URL_DIFFERENT(GATEWAY),
    NOT_RECORDABLE(GATEWAY),
    OVERLOADED(GATEWAY),
    INTERNAL_FAULT(GATEWAY),
    REFUSED(GATEWAY),

    UNKNOWN_ROUTE(ROUTE),
    UNKNOWN_PATH(ROUTE),
    OPEN_ROUTE_EXPOSED(ROUTE),
    LOOP(ROUTE),

    SIGNED_IN(SIGN_IN),
    TOKEN_SAYS(SIGN_IN),
    NO_CREDENTIAL(SIGN_IN),
    SCHEME_NOT_ACCEPTED(SIGN_IN),
    KEY_NOT_ACCEPTED(SIGN_IN),
    KEY_INCOMPLETE(SIGN_IN),
    KEY_UNKNOWN(SIGN_IN),
    KEY_WRONG(SIGN_IN),
    KEY_REVOKED(SIGN_IN),
    KEY_EXPIRED(SIGN_IN),
    KEY_FOR_OTHER_ROUTES(SIGN_IN),
    KEY_FOR_OTHER_NETWORKS(SIGN_IN),
    KEY_NOT_FORWARDED(SIGN_IN),
    TOKEN_MALFORMED(SIGN_IN),
    TOKEN_NOT_ACCEPTED(SIGN_IN),
    CLAIMS_NOT_ACCEPTED(SIGN_IN),
    TOKEN_EXPIRED(SIGN_IN),
    WRONG_ISSUER(SIGN_IN),
    WRONG_AUDIENCE(SIGN_IN),
    CERTIFICATE_NOT_ACCEPTED(SIGN_IN),
    ISSUER_UNREACHABLE(SIGN_IN),
    THROTTLED(SIGN_IN),
    CALLER_ENDED(SIGN_IN),
    UPSTREAM_WANTS_SIGN_IN(SIGN_IN),
    UPSTREAM_REFUSED_TOKEN(SIGN_IN),
    WRONG_REGION(SIGN_IN),

    NETWORK_NOT_ALLOWED(POLICY),
    KILLED(POLICY),
    CONNECTION_DENIED(POLICY),
    CUT_OFF(POLICY),
    DENIED(POLICY),
    UNDECIDED(POLICY),

    UPSTREAM_UNREACHABLE(UPSTREAM),
    UPSTREAM_TOO_SLOW(UPSTREAM),
    UPSTREAM_FORBIDDEN_ADDRESS(UPSTREAM),
    UPSTREAM_BUSY(UPSTREAM),
    UPSTREAM_BROKE_OFF(UPSTREAM),
    UPSTREAM_GARBAGE(UPSTREAM),
    UPSTREAM_NOT_CONFIGURED(UPSTREAM),
    UPSTREAM_CREDENTIAL_MISSING(UPSTREAM),
    UPSTREAM_CREDENTIAL_REFUSED(UPSTREAM),
    UPSTREAM_CREDENTIAL_FORBIDDEN(UPSTREAM),
    UPSTREAM_CREDENTIAL_UNAVAILABLE(UPSTREAM),
    UPSTREAM_REFUSED(UPSTREAM),

    TOOLS_LISTED(TOOLS),
    NO_TOOLS(TOOLS),
    TOOLS_HIDDEN(TOOLS),
    TOOLS_NOT_OFFERED(TOOLS),
    TOOLS_REFUSED(TOOLS),
    TOOLS_BROKE_OFF(TOOLS),

    CONSOLE_ABSENT(CONSOLE),
    CONSOLE_OF_ANOTHER_GATEWAY(CONSOLE);

    private final Check check;

    Code(Check check) {
        this.check = check;
    }

    /// The code that is named like a reason of the gateway; empty for those that need no words of their
    /// own.
    static Optional<Code> ofReason(String reason) {
        return Arrays.stream(values()).filter(code -> code.key().equals(reason)).findFirst();
    }

    /// What was looked at.
    public Check check() {
        return check;
    }

    /// The name in reports.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
