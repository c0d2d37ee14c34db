package dev.portcullis.proxy.management;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillJson;
import dev.portcullis.policy.KillOrder;
import dev.portcullis.proxy.sync.LocalKills;
import dev.portcullis.proxy.sync.PolicySnapshot;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The kill switch of this replica alone: `POST /kills`, `GET /kills`, `DELETE /kills/{id}`, for whoever has
/// the token. Answering takes as long as obeying does: not for event loops.
public final class KillEndpoint {
    static final String PATH = "/kills";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final KillGuard guard;
    private final LocalKills kills;
    private final Supplier<PolicySnapshot> inForce;

    /// @param guard who may use it
    /// @param inForce what this replica obeys
    public KillEndpoint(KillGuard guard, LocalKills kills, Supplier<PolicySnapshot> inForce) {
        this.guard = guard;
        this.kills = kills;
        this.inForce = inForce;
    }

    /// Whether a path is for it.
    static boolean isAbout(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    ManagementAnswer answer(ManagementRequest request) {
        return guard.refusal(request).orElseGet(() -> admitted(request));
    }

    private ManagementAnswer admitted(ManagementRequest request) {
        var uri = new QueryStringDecoder(request.uri());
        var id = uri.path().substring(PATH.length());
        if (id.isEmpty()) {
            return switch (request.method().name()) {
                case "GET" -> list();
                case "POST" -> engage(request);
                default -> ManagementAnswer.notAllowed("GET, POST");
            };
        }
        return request.method().equals(HttpMethod.DELETE)
                ? release(id.substring(1), uri.parameters().getOrDefault("reason", List.of()))
                : ManagementAnswer.notAllowed("DELETE");
    }

    private ManagementAnswer list() {
        var body = JSON.createObjectNode();
        var items = body.putArray("items");
        var own = kills.all().stream().map(local -> local.kill().id()).collect(Collectors.toSet());
        inForce.get().kills().forEach(kill -> items.add(json(kill).put("local", own.contains(kill.id()))));
        return ManagementAnswer.json(HttpResponseStatus.OK, body);
    }

    private ManagementAnswer engage(ManagementRequest request) {
        if (!request.isJson()) {
            return ManagementAnswer.problem(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is needed.");
        }
        try {
            var order = KillJson.order(JSON.readTree(request.body()));
            var same = same(order);
            var engaged = kills.engage(order);
            var body = json(engaged.kill()).put("local", true).put("kept", engaged.kept());
            same.forEach(id -> body.withArray("sameScope").add(id.toString()));
            return ManagementAnswer.json(HttpResponseStatus.CREATED, body);
        } catch (JacksonException e) {
            return ManagementAnswer.problem(
                    HttpResponseStatus.BAD_REQUEST, "The body is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            return ManagementAnswer.problem(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return ManagementAnswer.problem(HttpResponseStatus.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    private List<UUID> same(KillOrder order) {
        return inForce.get().kills().stream()
                .filter(kill -> kill.scope().equals(order.scope())
                        && kill.exemptGroups().equals(order.exemptGroups()))
                .map(Kill::id)
                .toList();
    }

    private ManagementAnswer release(String text, List<String> reasons) {
        var reason = reasons.stream()
                .map(String::strip)
                .filter(words -> !words.isEmpty())
                .findFirst();
        if (reason.filter(words -> words.length() > KillOrder.LONGEST).isPresent()) {
            return ManagementAnswer.problem(
                    HttpResponseStatus.BAD_REQUEST,
                    "reason: too long (expected: at most " + KillOrder.LONGEST + " characters)");
        }
        return uuid(text).map(id -> release(id, reason)).orElseGet(() -> unknown(text));
    }

    private ManagementAnswer release(UUID id, Optional<String> reason) {
        return switch (kills.release(id, reason)) {
            case RELEASED, OVER -> ManagementAnswer.empty();
            case UNKNOWN ->
                inForce.get().kills().stream().anyMatch(kill -> kill.id().equals(id))
                        ? ManagementAnswer.problem(
                                HttpResponseStatus.CONFLICT,
                                "Kill " + id + " was not engaged on this replica: release it in the console.")
                        : unknown(id.toString());
        };
    }

    private static ManagementAnswer unknown(String id) {
        return ManagementAnswer.problem(HttpResponseStatus.NOT_FOUND, "There is no kill " + id + ".");
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode json(Kill kill) {
        var json = JSON.createObjectNode();
        json.put("id", kill.id().toString());
        json.set("scope", KillJson.write(kill.scope()));
        if (!kill.exemptGroups().isEmpty()) {
            json.set("exempt", KillJson.writeExempt(kill.exemptGroups()));
        }
        json.put("reason", kill.reason());
        kill.message().ifPresent(message -> json.put("message", message));
        kill.until().ifPresent(until -> json.put("until", until.toString()));
        return json;
    }
}
