package dev.portcullis.console.sinks.ocsf;

import dev.portcullis.console.sinks.ocsf.OcsfClass.Activity;
import dev.portcullis.console.sinks.ocsf.OcsfClass.Status;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.trail.PlacedCall;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An exchange as an event of the class API Activity, with the profile Security Control for what the
/// policy said.
///
/// What OCSF has no attribute for is in `unmapped`, named as in the view `audit.tool_calls`.
public final class OcsfToolCall {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MICROS_PER_MILLI = 1_000;

    /// Columns that have an attribute of their own.
    private static final Set<String> MAPPED = Set.of(
            "id",
            "occurred_at",
            "completed_at",
            "organization",
            "route",
            "method",
            "caller",
            "caller_kind",
            "caller_groups",
            "client_name",
            "client_address",
            "session_hash",
            "request_id",
            "policy_version",
            "http_method",
            "http_status",
            "exchanges");

    private OcsfToolCall() {}

    public static OcsfEvent of(PlacedCall placed) {
        var call = placed.call();
        var severity = severity(call);
        var event =
                OcsfClass.API_ACTIVITY.event(activity(call), severity, status(call), call.occurredAt(), message(call));
        event.put("status_detail", call.outcome());
        call.exchanges().ifPresent(exchanges -> event.put("count", exchanges));
        call.refusal().ifPresent(refusal -> event.put("status_code", refusal));
        event.set("metadata", metadata(placed));
        event.set("actor", actor(call));
        event.set("api", api(call));
        putTimes(event, call);
        putEndpoints(event, call);
        putDecision(event, call);
        event.set("unmapped", unmapped(placed));
        return new OcsfEvent(
                OcsfEvent.Kind.TOOL_CALL, call.id().toString(), call.occurredAt(), severity, call.replica(), event);
    }

    private static Activity activity(ToolCall call) {
        if (call.method().isEmpty()) {
            return new Activity(0, "Unknown");
        }
        var method = call.method().get();
        if (method.equals("tools/call")) {
            return switch (call.toolClass().orElse("")) {
                case "read" -> new Activity(2, "Read");
                case "write" -> new Activity(3, "Update");
                case "delete" -> new Activity(4, "Delete");
                default -> Activity.other(call.toolClass().orElse("call"));
            };
        }
        return method.endsWith("/list") || method.endsWith("/get") || method.endsWith("/read")
                ? new Activity(2, "Read")
                : Activity.other(method);
    }

    private static Status status(ToolCall call) {
        return switch (call.outcome()) {
            case "succeeded", "input_required" -> Status.SUCCESS;
            case "unknown" -> Status.UNKNOWN;
            default -> Status.FAILURE;
        };
    }

    private static OcsfSeverity severity(ToolCall call) {
        return switch (call.outcome()) {
            case "succeeded", "input_required" -> OcsfSeverity.INFORMATIONAL;
            case "denied", "refused", "unknown" -> OcsfSeverity.MEDIUM;
            default -> OcsfSeverity.LOW;
        };
    }

    private static String message(ToolCall call) {
        return Stream.of(
                        call.method().or(call::httpMethod),
                        call.tool(),
                        call.route().map(route -> "on " + route),
                        call.caller().map(caller -> "by " + caller))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" ", "", ": " + call.outcome()));
    }

    private static ObjectNode metadata(PlacedCall placed) {
        var call = placed.call();
        var metadata = OcsfClass.metadata(call.id().toString(), call.occurredAt(), "tool-calls")
                .put("sequence", placed.sequence())
                .put("log_provider", call.replica());
        call.organization().ifPresent(organization -> metadata.put("tenant_uid", organization));
        metadata.putArray("profiles").add("security_control");
        return metadata;
    }

    private static ObjectNode actor(ToolCall call) {
        var actor = JSON.createObjectNode();
        var user = actor.putObject("user");
        call.caller().ifPresentOrElse(caller -> user.put("uid", caller), () -> user.put("name", "anonymous"));
        call.callerKind().ifPresent(kind -> user.put("type", kind));
        if (!call.callerGroups().isEmpty()) {
            var groups = user.putArray("groups");
            call.callerGroups().forEach(group -> groups.addObject().put("name", group));
        }
        call.clientName().ifPresent(client -> actor.put("app_name", client));
        call.sessionHash().ifPresent(session -> actor.putObject("session").put("uid", session));
        return actor;
    }

    private static ObjectNode api(ToolCall call) {
        var api = JSON.createObjectNode()
                .put("operation", call.tool().or(call::method).orElse("unknown"));
        api.putObject("service").put("name", call.route().orElse("gateway"));
        call.method().ifPresent(method -> api.putObject("group").put("name", method));
        call.requestId().ifPresent(request -> api.putObject("request").put("uid", request));
        var response = api.putObject("response");
        call.httpStatus().ifPresent(status -> response.put("code", status));
        response.put("message", call.outcome());
        call.refusal().ifPresent(refusal -> response.put("error", refusal));
        return api;
    }

    private static void putTimes(ObjectNode event, ToolCall call) {
        event.put("start_time", call.occurredAt().toInstant().toEpochMilli());
        call.completedAt()
                .ifPresent(end -> event.put("end_time", end.toInstant().toEpochMilli()));
        call.latencyMicros().ifPresent(micros -> event.put("duration", micros / MICROS_PER_MILLI));
    }

    private static void putEndpoints(ObjectNode event, ToolCall call) {
        var source = event.putObject("src_endpoint");
        call.clientAddress().ifPresentOrElse(address -> source.put("ip", address), () -> source.put("name", "unknown"));
        call.route().ifPresent(route -> event.putObject("dst_endpoint").put("svc_name", route));
        call.httpMethod().ifPresent(method -> event.putObject("http_request").put("http_method", method));
        call.httpStatus().ifPresent(status -> event.putObject("http_response").put("code", status));
    }

    /// Undecided is denied.
    private static void putDecision(ObjectNode event, ToolCall call) {
        var denied = !call.decision().equals("allowed")
                && (!call.decision().equals("none")
                        || List.of("denied", "refused").contains(call.outcome()));
        if (call.decision().equals("allowed")) {
            event.put("action_id", 1)
                    .put("action", "Allowed")
                    .put("disposition_id", 1)
                    .put("disposition", "Allowed");
        } else if (denied) {
            event.put("action_id", 2)
                    .put("action", "Denied")
                    .put("disposition_id", 2)
                    .put("disposition", "Blocked");
        } else {
            event.put("action_id", 0)
                    .put("action", "Unknown")
                    .put("disposition_id", 0)
                    .put("disposition", "Unknown");
        }
        if (!call.rules().isEmpty() || call.policyVersion().isPresent()) {
            var policy = event.putObject("policy")
                    .put("name", call.rules().isEmpty() ? "policy" : String.join(" ", call.rules()));
            call.policyVersion().ifPresent(version -> policy.put("version", Long.toString(version)));
        }
    }

    private static ObjectNode unmapped(PlacedCall placed) {
        var rest = JSON.<ObjectNode>valueToTree(placed.call()).remove(MAPPED);
        var empty = rest.propertyStream()
                .filter(column -> isNothing(column.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return rest.remove(empty).put("chain", placed.chain().toString());
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || (value.isArray() && value.isEmpty());
    }
}
