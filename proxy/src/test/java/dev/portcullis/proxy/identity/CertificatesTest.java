package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.IdentitySettings.CertificateRule;
import dev.portcullis.proxy.config.IdentitySettings.CertificateRule.By;
import dev.portcullis.proxy.fixture.TlsMaterial;
import dev.portcullis.proxy.identity.Identification.Fault;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whom a certificate stands for.
class CertificatesTest {
    private static final Identification NOBODY = new Identification.Unknown(Fault.CERTIFICATE_NOT_ACCEPTED);

    private static X509Bundle authority;

    private final Certificates certificates = new Certificates(List.of(
            new CertificateRule("build", By.DNS, "*.build.acme.test", List.of("ci"), false),
            new CertificateRule("ops", By.SUBJECT, "CN=*,OU=ops,O=Acme", List.of("staff"), false),
            new CertificateRule("acme", By.SUBJECT, "CN=*,O=Acme", List.of("staff"), false),
            new CertificateRule("named", By.URI, "urn:acme:*", List.of(), true),
            new CertificateRule("person", By.SUBJECT, "CN=*,O=People", List.of(), true)));

    @BeforeAll
    static void create() throws Exception {
        authority = TlsMaterial.authority("CN=test authority");
    }

    @Test
    void nameOfAHostMakesACaller() throws Exception {
        // When
        var caller = identify(new CertificateBuilder().subject("CN=x").addSanDnsName("a.build.acme.test"));

        // Then
        assertThat(caller).isInstanceOfSatisfying(Identification.Known.class, known -> {
            assertThat(known.caller().facts().subject()).contains("certificate:build");
            assertThat(known.caller().facts().groups()).containsExactly("ci");
        });
        assertThat(identify(
                        new CertificateBuilder().subject("CN=a.build.acme.test").addSanDnsName("build.acme.test")))
                .as("what the subject says is no name of a host")
                .isEqualTo(NOBODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=x,O=Acme", "cn=x,o=Acme", "CN=x\\, y,O=Acme", "CN=*,O=Acme"})
    void subjectWithTheSamePartsFits(String subject) throws Exception {
        assertThat(subject(identify(new CertificateBuilder().subject(subject)))).isEqualTo("certificate:acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=x,OU=b\\,O\\=Acme",
                "CN=x\\,O\\=Acme",
                "CN=x,OU=ops\\,O\\=Acme",
                "CN=x,OU=ops,O=Acme,C=DE",
                "O=Acme,CN=x",
                "CN=x+O=Acme",
                "CN=x,O=Acme Ltd",
                "CN=x,O=acme",
                "O=Acme",
                "OU=x,O=Acme",
                "CN=x,OU=other,O=Acme"
            })
    void noPartOfASubjectPretendsToBeSeveral(String subject) throws Exception {
        assertThat(identify(new CertificateBuilder().subject(subject))).isEqualTo(NOBODY);
    }

    @Test
    void matchedTextMakesNoNameOfAnotherRule() throws Exception {
        assertThat(subject(identify(new CertificateBuilder().subject("CN=x").addSanUriName("urn:acme:ops"))))
                .isEqualTo("certificate:uri:urn:acme:ops");
        assertThat(subject(identify(new CertificateBuilder().subject("CN=ops,O=People"))))
                .isEqualTo("certificate:subject:CN=ops,O=People");
    }

    @Test
    void firstRuleThatFitsDecides() throws Exception {
        assertThat(subject(identify(
                        new CertificateBuilder().subject("CN=x,OU=ops,O=Acme").addSanUriName("urn:acme:x"))))
                .isEqualTo("certificate:ops");
    }

    @Test
    void certificateThatIsOverIsNobodys() throws Exception {
        // Given
        var certificate = new CertificateBuilder()
                .subject("CN=x,O=Acme")
                .notAfter(Instant.now().plus(Duration.ofDays(1)))
                .buildIssuedBy(authority)
                .getCertificate();
        var end = certificate.getNotAfter().toInstant();

        // Then
        assertThat(subject(certificates.identify(certificate, end.minusMillis(1))))
                .isEqualTo("certificate:acme");
        assertThat(certificates.identify(certificate, end)).isEqualTo(NOBODY);
    }

    private Identification identify(CertificateBuilder certificate) throws Exception {
        return certificates.identify(certificate.buildIssuedBy(authority).getCertificate(), Instant.now());
    }

    private static String subject(Identification identification) {
        assertThat(identification).isInstanceOf(Identification.Known.class);
        return ((Identification.Known) identification)
                .caller()
                .facts()
                .subject()
                .orElseThrow();
    }
}
