package dev.portcullis.proxy.outbound;

import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.http.HeaderFields;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/// The one way out for requests that the gateway makes for itself.
///
/// Redirects are not followed, answers are bounded in size and time, and each address is judged when it
/// is connected to, so that no name leads where it may not. It waits: for virtual threads only, never
/// for event loops. What it throws names no secret.
public final class OutboundHttp implements AutoCloseable {
    /// How large an answer may be.
    public static final int MAX_BYTES = 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 64;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Map<Reach, CloseableHttpClient> clients = new EnumMap<>(Reach.class);
    private final Duration patience;

    /// @param upstreams says which addresses are allowed
    /// @param names where hosts are found
    /// @param tls whom it trusts
    public OutboundHttp(Upstreams upstreams, NameService names, SSLContext tls) {
        this(upstreams, names, tls, PATIENCE);
    }

    /// @param patience how long one request may take with all its answer
    OutboundHttp(Upstreams upstreams, NameService names, SSLContext tls, Duration patience) {
        this.patience = patience;
        Arrays.stream(Reach.values())
                .forEach(reach -> clients.put(reach, client(upstreams, names, reach, tls, patience)));
    }

    /// An answer, whatever its status.
    @SuppressWarnings("ArrayRecordComponent") // copied nowhere: it is parsed at once
    public record Reply(int status, HeaderFields headers, byte[] body) {
        @Override
        public String toString() {
            return "Reply[status=" + status + ", " + body.length + " bytes]";
        }
    }

    /// @throws IOException when there is no whole answer within the bounds
    public Reply get(URI uri, Reach reach) throws IOException {
        return send(new HttpGet(checked(uri)), reach);
    }

    /// @param contentType of the body, such as `application/json`
    /// @throws IOException as for [#get]; the server may have acted nevertheless
    public Reply post(URI uri, Reach reach, String contentType, byte[] body, HeaderFields headers) throws IOException {
        var request = new HttpPost(checked(uri));
        request.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
        headers.fields().forEach(field -> request.addHeader(field.name(), field.value()));
        return send(request, reach);
    }

    @Override
    public void close() throws IOException {
        for (var client : clients.values()) {
            client.close();
        }
    }

    private Reply send(HttpUriRequestBase request, Reach reach) throws IOException {
        request.addHeader("Accept", "application/json");
        // Each read is bounded by itself; this bounds them all together.
        Executor later = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
        var end = CompletableFuture.runAsync(request::cancel, later);
        try {
            return Objects.requireNonNull(clients.get(reach)).execute(request, OutboundHttp::read);
        } finally {
            end.cancel(false);
        }
    }

    private static Reply read(ClassicHttpResponse response) throws IOException {
        var headers = new HeaderFields(Arrays.stream(response.getHeaders())
                .map(header ->
                        new HeaderFields.Field(header.getName(), Objects.requireNonNullElse(header.getValue(), "")))
                .toList());
        if (response.getEntity() == null) {
            return new Reply(response.getCode(), headers, new byte[0]);
        }
        try (var content = response.getEntity().getContent()) {
            var body = content.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new IOException("the answer is larger than " + MAX_BYTES + " bytes");
            }
            return new Reply(response.getCode(), headers, body);
        }
    }

    private static URI checked(URI uri) throws IOException {
        var isPlain = "http".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null
                || uri.getUserInfo() != null
                || (!isPlain && !"https".equalsIgnoreCase(uri.getScheme()))
                || (isPlain && !LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT)))) {
            throw new IOException(
                    "not an https URL (http is for loopback only): " + uri.getScheme() + "://" + uri.getHost());
        }
        return uri;
    }

    private static CloseableHttpClient client(
            Upstreams upstreams, NameService names, Reach reach, SSLContext tls, Duration patience) {
        var timeout = Timeout.of(patience);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PermittedAddresses(upstreams, names, reach))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS / 8)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(upstreams.connectTimeout()))
                        .setSocketTimeout(timeout)
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }
}
