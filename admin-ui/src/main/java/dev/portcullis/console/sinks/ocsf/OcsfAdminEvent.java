package dev.portcullis.console.sinks.ocsf;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.sinks.PlacedEvent;
import dev.portcullis.console.sinks.ocsf.OcsfClass.Activity;
import dev.portcullis.console.sinks.ocsf.OcsfClass.Status;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.regex.Pattern;

/// What an admin did: signing in and out as an event of the class Authentication, all else of the class
/// Entity Management.
public final class OcsfAdminEvent {
    private static final String CONSOLE = "portcullis-console";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern CREATES = Pattern.compile("created|set|engaged|published|placed|added");
    private static final Pattern READS = Pattern.compile("exported|streamed|revealed|read");
    private static final Pattern DELETES = Pattern.compile("revoked|removed|released|deleted|.*dropped");
    private static final Pattern FAILS = Pattern.compile("failed|gap");

    private OcsfAdminEvent() {}

    public static OcsfEvent of(PlacedEvent placed) {
        var event = placed.event();
        var fails = FAILS.matcher(verb(event)).matches();
        var severity = fails ? OcsfSeverity.MEDIUM : OcsfSeverity.INFORMATIONAL;
        var status = fails ? Status.FAILURE : Status.SUCCESS;
        var body = event.event().startsWith("signin.")
                ? authentication(placed, severity, status)
                : management(placed, severity, status);
        body.set(
                "metadata",
                OcsfClass.metadata(placed.id().toString(), placed.occurredAt(), "admin-events")
                        .put("sequence", placed.place())
                        .put("event_code", event.event()));
        var unmapped = body.putObject("unmapped").put("event", event.event());
        event.subject().ifPresent(subject -> unmapped.put("subject", subject));
        unmapped.set("detail", JSON.valueToTree(event.detail()));
        return new OcsfEvent(
                OcsfEvent.Kind.ADMIN_EVENT, placed.id().toString(), placed.occurredAt(), severity, CONSOLE, body);
    }

    private static ObjectNode authentication(PlacedEvent placed, OcsfSeverity severity, Status status) {
        var activity = verb(placed.event()).equals("ended") ? new Activity(2, "Logoff") : new Activity(1, "Logon");
        var body = OcsfClass.AUTHENTICATION.event(
                activity, severity, status, placed.occurredAt(), message(placed.event()));
        body.putObject("user").put("name", placed.event().actor());
        body.putObject("service").put("name", CONSOLE);
        return body;
    }

    private static ObjectNode management(PlacedEvent placed, OcsfSeverity severity, Status status) {
        var event = placed.event();
        var body = OcsfClass.ENTITY_MANAGEMENT.event(
                activity(event), severity, status, placed.occurredAt(), message(event));
        var type = event.event().substring(0, Math.max(0, event.event().indexOf('.')));
        body.putObject("entity").put("name", event.subject().orElse(type)).put("type", type);
        body.putObject("actor").putObject("user").put("name", event.actor());
        return body;
    }

    private static Activity activity(AdminEvent event) {
        var verb = verb(event);
        if (CREATES.matcher(verb).matches()) {
            return new Activity(1, "Create");
        }
        if (READS.matcher(verb).matches()) {
            return new Activity(2, "Read");
        }
        if (DELETES.matcher(verb).matches()) {
            return new Activity(4, "Delete");
        }
        return FAILS.matcher(verb).matches() ? Activity.other(verb) : new Activity(3, "Update");
    }

    private static String verb(AdminEvent event) {
        return event.event().substring(event.event().lastIndexOf('.') + 1);
    }

    private static String message(AdminEvent event) {
        return event.event() + event.subject().map(subject -> " " + subject).orElse("") + " by " + event.actor();
    }
}
