package dev.portcullis.acceptance.provider;

import com.nimbusds.jose.JOSEException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Tokens for the jobs of a build service, in the manner of GitHub Actions: a job asks for one with an
/// audience of its choice, and the token says which repository it runs for. And the hook that changes the
/// keys of all issuers.
///
/// @see <a
///     href="https://docs.github.com/en/actions/reference/security/oidc">GitHub Actions, OpenID Connect</a>
@RestController
class WorkloadTokens {
    private final ProviderKeys keys;
    private final NimbusJwtEncoder encoder;

    WorkloadTokens(ProviderKeys keys) {
        this.keys = keys;
        this.encoder = new NimbusJwtEncoder(keys);
    }

    @GetMapping("/actions/token")
    Map<String, String> token(@RequestParam String audience, @RequestParam String repository) {
        var now = Instant.now();
        var claims = JwtClaimsSet.builder()
                .issuer(issuer())
                .subject("repo:" + repository + ":ref:refs/heads/main")
                .audience(List.of(audience))
                .issuedAt(now)
                .notBefore(now)
                .expiresAt(now.plus(Duration.ofMinutes(5)))
                .claim("repository", repository)
                .claim("ref", "refs/heads/main")
                .build();
        var header = JwsHeader.with(SignatureAlgorithm.RS256).type("JWT").build();
        return Map.of(
                "value",
                encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue());
    }

    @PostMapping("/keys")
    void rotate() throws IOException, JOSEException {
        keys.rotate();
    }

    private static String issuer() {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/actions")
                .toUriString();
    }
}
