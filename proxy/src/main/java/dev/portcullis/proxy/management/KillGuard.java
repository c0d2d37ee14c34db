package dev.portcullis.proxy.management;

import dev.portcullis.proxy.config.ManagementSettings.LocalKillSettings;
import dev.portcullis.proxy.http.Authority;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// Who may use the kill switch of this replica: programs that have the token, from this machine unless
/// the configuration says otherwise, and no web page.
public final class KillGuard {
    private static final String SCHEME = "Bearer ";
    /// What only browsers send, and what only intermediaries do.
    private static final List<String> OF_BROWSERS = List.of("origin", "sec-fetch-site", "cookie");
    private static final List<String> OF_PROXIES = List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "via");

    private final byte[] token;
    private final boolean remote;

    public KillGuard(LocalKillSettings settings) {
        this.token = digest(settings.token().reveal());
        this.remote = settings.remote();
    }

    /// Why not; empty when they may.
    Optional<ManagementAnswer> refusal(ManagementRequest request) {
        if (!remote && !request.peer().isLoopbackAddress()) {
            return forbidden("The kill switch of this replica is for its own machine.");
        }
        if (!remote && OF_PROXIES.stream().anyMatch(request.headers()::contains)) {
            return forbidden("The kill switch of this replica is not for proxies.");
        }
        if (OF_BROWSERS.stream().anyMatch(request.headers()::contains)) {
            return forbidden("The kill switch of this replica is not for browsers.");
        }
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 || !isAddress(hosts.getFirst())) {
            return forbidden("Host: localhost or an IP address is needed.");
        }
        return isHolder(request.headers().getAll(HttpHeaderNames.AUTHORIZATION))
                ? Optional.empty()
                : Optional.of(ManagementAnswer.problem(
                                HttpResponseStatus.UNAUTHORIZED, "The token of management.kills is needed.")
                        .with(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"portcullis management\""));
    }

    private boolean isHolder(List<String> credentials) {
        return credentials.size() == 1
                && credentials.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token,
                        digest(credentials.getFirst().substring(SCHEME.length()).strip()));
    }

    /// A name could be anybody's, and lead here by rebinding.
    private static boolean isAddress(String host) {
        return Authority.of(host)
                .map(Authority::host)
                .filter(name -> name.equals("localhost") || isLiteral(name))
                .isPresent();
    }

    private static boolean isLiteral(String name) {
        try {
            return !InetAddress.ofLiteral(name.replaceAll("[\\[\\]]", "")).isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<ManagementAnswer> forbidden(String detail) {
        return Optional.of(ManagementAnswer.problem(HttpResponseStatus.FORBIDDEN, detail));
    }

    /// Of equal length, so that comparing says nothing about the token's.
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
