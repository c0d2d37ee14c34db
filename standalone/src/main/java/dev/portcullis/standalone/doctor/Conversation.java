package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.http.HeaderFields;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;

/// Speaks MCP to an endpoint, as a client would: in the legacy era first, which nearly every server
/// knows, and in the modern one when that is refused. One thread.
///
/// Everything is bounded in time and size, however the other side behaves.
final class Conversation implements AutoCloseable {
    private static final String LEGACY = "2025-11-25";
    private static final String MODERN = "2026-07-28";
    private static final String META = "io.modelcontextprotocol/";
    private static final String SESSION = "Mcp-Session-Id";
    private static final int MOST_PAGES = 50;
    private static final JsonMapper JSON = new JsonMapper();

    private final Target target;
    private final Optional<Secret> token;
    private final Duration patience;
    private final CloseableHttpClient http;
    private boolean modern;
    private Optional<String> session = Optional.empty();

    /// @param address the one that was found to listen
    /// @param tls whom to trust
    /// @param token what to send as Bearer
    /// @param patience how long each answer may take
    Conversation(Target target, InetAddress address, SSLContext tls, Optional<Secret> token, Duration patience) {
        this.target = target;
        this.token = token;
        this.patience = patience;
        this.http = client(target, address, tls, patience);
    }

    /// Begins; what can be asked afterwards depends on the answer.
    ///
    /// @throws IOException when there is no answer in HTTP
    Answer begin() throws IOException {
        var parameters = JSON.createObjectNode().put("protocolVersion", LEGACY);
        parameters.putObject("capabilities");
        software(parameters.putObject("clientInfo"));
        var answer = ask("initialize", parameters);
        if (answer.isFromServer() && answer.message().has("error")) {
            modern = true;
            var second = ask("tools/list", JSON.createObjectNode());
            if (second.message().has("result")) {
                return second;
            }
            modern = false;
        }
        session = answer.header(SESSION);
        if (answer.message().has("result")) {
            tell("notifications/initialized");
        }
        return answer;
    }

    /// Asks for all tools, page by page.
    ///
    /// @return the pages; the last one may be an error
    List<Answer> listTools() throws IOException {
        var pages = new ArrayList<Answer>();
        Optional<String> cursor = Optional.empty();
        do {
            var parameters = JSON.createObjectNode();
            cursor.ifPresent(place -> parameters.put("cursor", place));
            var page = ask("tools/list", parameters);
            pages.add(page);
            cursor = Optional.of(page.message().at("/result/nextCursor").asString(""))
                    .filter(place -> !place.isEmpty());
        } while (cursor.isPresent() && pages.size() < MOST_PAGES);
        return pages;
    }

    /// A document about the endpoint, at the endpoint's own host; empty when there is none.
    Optional<JsonNode> document(String place) {
        try {
            var uri = URI.create(place);
            if (!target.uri().getHost().equalsIgnoreCase(uri.getHost())) {
                return Optional.empty();
            }
            var answer = send(new HttpGet(uri));
            return answer.status() == 200 && answer.message().isObject()
                    ? Optional.of(answer.message())
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Ends the session, if there is one and the server can be told.
    @Override
    public void close() throws IOException {
        if (session.isPresent()) {
            try {
                send(prepared(new HttpDelete(target.uri())));
            } catch (IOException e) {
                // The server ends it by itself some day.
            }
        }
        http.close();
    }

    private Answer ask(String method, ObjectNode parameters) throws IOException {
        return post(method, message(method, parameters).put("id", Answer.REQUEST));
    }

    private void tell(String method) throws IOException {
        post(method, message(method, JSON.createObjectNode()));
    }

    private Answer post(String method, ObjectNode message) throws IOException {
        var request = prepared(new HttpPost(target.uri()));
        request.setHeader("Accept", "application/json, text/event-stream");
        if (modern) {
            request.setHeader("Mcp-Method", method);
        }
        request.setEntity(new StringEntity(message.toString(), ContentType.APPLICATION_JSON));
        return send(request);
    }

    private ObjectNode message(String method, ObjectNode parameters) {
        if (modern) {
            var meta = parameters.putObject("_meta").put(META + "protocolVersion", MODERN);
            meta.putObject(META + "clientCapabilities");
            software(meta.putObject(META + "clientInfo"));
        }
        var message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("params", parameters);
        return message;
    }

    private static void software(ObjectNode self) {
        self.put("name", "portcullis-doctor").put("version", "1");
    }

    private <R extends HttpUriRequestBase> R prepared(R request) {
        request.setHeader("MCP-Protocol-Version", modern ? MODERN : LEGACY);
        token.ifPresent(secret -> request.setHeader("Authorization", "Bearer " + secret.reveal()));
        session.ifPresent(id -> request.setHeader(SESSION, id));
        return request;
    }

    /// Each read is bounded by itself; the timer bounds them all together.
    private Answer send(HttpUriRequestBase request) throws IOException {
        var isOver = new AtomicBoolean();
        var later = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
        var end = CompletableFuture.runAsync(
                () -> {
                    isOver.set(true);
                    request.cancel();
                },
                later);
        try {
            return read(http.executeOpen(null, request, null));
        } catch (IOException e) {
            throw isOver.get() ? new SocketTimeoutException("no answer within " + patience.toSeconds() + " s") : e;
        } finally {
            end.cancel(false);
            // A stream may go on for ever, and closing it would read it to its end.
            request.cancel();
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException {
        var headers = new HeaderFields(Arrays.stream(response.getHeaders())
                .map(header ->
                        new HeaderFields.Field(header.getName(), Objects.requireNonNullElse(header.getValue(), "")))
                .toList());
        if (response.getEntity() == null) {
            return Answer.of(response.getCode(), headers, InputStream.nullInputStream());
        }
        return Answer.of(response.getCode(), headers, response.getEntity().getContent());
    }

    private static CloseableHttpClient client(Target target, InetAddress address, SSLContext tls, Duration patience) {
        var names = new InMemoryDnsResolver();
        names.add(target.uri().getHost(), address);
        names.add(target.host(), address);
        var timeout = Timeout.of(patience);
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .setUserAgent("portcullis-doctor")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
