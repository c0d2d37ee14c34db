package dev.portcullis.proxy.config;

import java.util.List;
import java.util.Optional;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Who vouches for callers on routes with `authentication: gateway`, besides API keys. It is the
/// operator's, not the policy document's: who may edit policy must not thereby become anybody.
///
/// @param issuers in the order in which they are tried; the first one that a token fits decides
/// @param certificates in the order in which they are tried; the first match decides
/// @param failures how many credentials that identify nobody an address may show in a minute
public record IdentitySettings(List<IssuerSettings> issuers, List<CertificateRule> certificates, int failures) {
    static final int USUAL_FAILURES = 30;
    static final Range<Integer> FAILURES = new Range<>(1, 1_000_000);

    public IdentitySettings {
        FAILURES.check("failures", failures);
        issuers = List.copyOf(issuers);
        certificates = List.copyOf(certificates);
    }

    /// The providers at which people sign in.
    public List<IssuerSettings> interactive() {
        return issuers.stream().filter(IssuerSettings::interactive).toList();
    }

    public static IdentitySettings none() {
        return new IdentitySettings(List.of(), List.of(), USUAL_FAILURES);
    }

    /// Which callers client certificates make.
    ///
    /// @param name of the rule, and of the caller unless the matched text is its name
    /// @param by what of the certificate is compared
    /// @param match the whole text; `*` stands for any characters, in a subject for those of one value
    /// @param namedByMatch whether the caller is named by the matched text, after what was compared
    public record CertificateRule(String name, By by, String match, List<String> groups, boolean namedByMatch) {
        /// What of a certificate is compared.
        public enum By {
            /// A URI among the subject's alternative names, as in SPIFFE.
            URI,
            DNS,
            EMAIL,
            /// The distinguished name as in RFC 2253.
            SUBJECT
        }

        public CertificateRule {
            groups = List.copyOf(groups);
            if (by == By.SUBJECT && parsed(match).isEmpty()) {
                throw Range.wrong("match", match, "a distinguished name such as CN=*,O=Example");
            }
        }

        /// The pattern in its parts, where the subject is compared.
        public Optional<LdapName> subject() {
            return by == By.SUBJECT ? parsed(match) : Optional.empty();
        }

        static Optional<LdapName> parsed(String subject) {
            try {
                return Optional.of(new LdapName(subject)).filter(name -> !name.isEmpty());
            } catch (InvalidNameException e) {
                return Optional.empty();
            }
        }
    }
}
