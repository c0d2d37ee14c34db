package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.http.Authority;
import dev.portcullis.proxy.http.CrossOrigin;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.LoopMark;
import dev.portcullis.proxy.http.MediaType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be said about a request from its head alone, before anything is looked up.
final class Screening {
    private final ProxyConfig config;
    private final Endpoints endpoints;
    private final LoopMark loopMark;

    Screening(ProxyConfig config, LoopMark loopMark) {
        this.loopMark = loopMark;
        this.config = config;
        this.endpoints = new Endpoints(config);
    }

    /// @param document the policy in force, which knows the hosts of routes
    Step<Stage.Screened> screen(Stage.Received received, PolicyDocument document) {
        var headers = received.headers();
        var authority = received.peer().authority().flatMap(Authority::of);
        if (headers.all("host").size() != 1
                || headers.first("host").flatMap(Authority::of).isEmpty()
                || authority.isEmpty()) {
            return refused(received, new Refusal.BadHttp("A request needs exactly one valid Host header"));
        }
        if (loopMark.isOn(headers)) {
            return refused(received, new Refusal.Loop());
        }
        if (!endpoints.areAt(authority.get(), document)) {
            return refused(received, new Refusal.ForeignHost());
        }
        var endpoint = endpoints.at(received.peer(), authority.get(), received.target(), document);
        if (endpoint.filter(Endpoint::isMetadata).isPresent()) {
            return metadata(received, endpoint.get());
        }
        if (!isAllowedOrigin(received)) {
            return refused(received, new Refusal.ForeignOrigin());
        }
        if (endpoint.isEmpty()) {
            return refused(received, new Refusal.UnknownPath());
        }
        if (headers.all("authorization").size() > 1) {
            return refused(received, new Refusal.BadHttp("A request has at most one Authorization header"));
        }
        return switch (received.httpMethod()) {
            case "POST" -> withBody(received, endpoint.get());
            case "GET" -> withoutBody(received, Verb.GET, endpoint.get());
            case "DELETE" -> withoutBody(received, Verb.DELETE, endpoint.get());
            case "OPTIONS" -> preflight(received, endpoint.get(), List.of());
            default -> refused(received, new Refusal.HttpMethodNotAllowed());
        };
    }

    /// Asked without credentials, so it says nothing but what pages of this origin may send; whether there
    /// is such a route it does not say.
    private static Step<Stage.Screened> preflight(
            Stage.Received received, Endpoint endpoint, List<HeaderFields.Field> readers) {
        return CrossOrigin.preflight(received.headers())
                .map(fields -> {
                    var all = new ArrayList<>(readers);
                    all.addAll(fields);
                    return new OwnAnswer(204, all, Optional.empty());
                })
                .<Step<Stage.Screened>>map(
                        answer -> new Step.Answered<>(new Stage.Screened(received, Verb.PREFLIGHT, endpoint), answer))
                .orElseGet(() -> refused(received, new Refusal.HttpMethodNotAllowed()));
    }

    /// Anybody may read it, a page of any origin too: it is what leads to signing in.
    private static Step<Stage.Screened> metadata(Stage.Received received, Endpoint endpoint) {
        return switch (received.httpMethod()) {
            case "GET" -> withoutBody(received, Verb.METADATA, endpoint);
            case "OPTIONS" -> preflight(received, endpoint, List.of(CrossOrigin.READABLE_BY_ALL));
            default -> refused(received, new Refusal.HttpMethodNotAllowed());
        };
    }

    private Step<Stage.Screened> withBody(Stage.Received received, Endpoint endpoint) {
        var headers = received.headers();
        if (!isPlainlyFramed(headers)) {
            return refused(received, new Refusal.BadHttp("The only transfer coding is chunked, once"));
        }
        if (!headers.all("content-encoding").stream()
                .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"))) {
            return refused(received, new Refusal.UnsupportedMedia("A compressed body cannot be judged: send it plain"));
        }
        if (MediaType.of(headers).filter(MediaType.JSON::equals).isEmpty() || !MediaType.isUtf8(headers)) {
            return refused(received, new Refusal.UnsupportedMedia("Content-Type must be application/json, in UTF-8"));
        }
        return new Step.Passed<>(new Stage.Screened(received, Verb.POST, endpoint));
    }

    /// Another coding below the chunks would make another body of it, for a server that undoes it.
    private static boolean isPlainlyFramed(HeaderFields headers) {
        var codings = headers.all("transfer-encoding");
        return codings.isEmpty() || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    private static Step<Stage.Screened> withoutBody(Stage.Received received, Verb verb, Endpoint endpoint) {
        var headers = received.headers();
        var announced = headers.first("content-length").map(String::strip);
        if (headers.has("transfer-encoding")
                || announced.filter(length -> !length.equals("0")).isPresent()) {
            return refused(received, new Refusal.BadHttp("A " + received.httpMethod() + " request has no body"));
        }
        return new Step.Passed<>(new Stage.Screened(received, verb, endpoint));
    }

    /// Programs send no Origin; a page's must be listed, or be of the very host and port it calls.
    private boolean isAllowedOrigin(Stage.Received received) {
        var origins = received.headers().all("origin");
        if (origins.isEmpty()) {
            return true;
        }
        var origin = origins.getFirst().toLowerCase(Locale.ROOT);
        return origins.size() == 1
                && (config.allowedOrigins().contains(origin)
                        || received.peer()
                                .authority()
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .filter(host -> origin.equals("http://" + host) || origin.equals("https://" + host))
                                .isPresent());
    }

    private static Step<Stage.Screened> refused(Stage.Received received, Refusal refusal) {
        return new Step.Refused<>(received, refusal);
    }
}
