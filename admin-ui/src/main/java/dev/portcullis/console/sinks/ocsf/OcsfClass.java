package dev.portcullis.console.sinks.ocsf;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.Locale;

/// The classes of OCSF that are used, and what is the same in all of them.
enum OcsfClass {
    BASE_EVENT(0, "Uncategorized", 0, "Base Event"),
    AUTHENTICATION(3, "Identity & Access Management", 3002, "Authentication"),
    ENTITY_MANAGEMENT(3, "Identity & Access Management", 3004, "Entity Management"),
    API_ACTIVITY(6, "Application Activity", 6003, "API Activity");

    private static final String VERSION = "1.6.0";
    private static final int ACTIVITIES = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int category;
    private final String categoryName;
    private final int uid;
    private final String caption;

    OcsfClass(int category, String categoryName, int uid, String caption) {
        this.category = category;
        this.categoryName = categoryName;
        this.uid = uid;
        this.caption = caption;
    }

    /// What was done, in the numbers of the class; 99 is something that it has no number for.
    record Activity(int id, String name) {
        static final int OTHER = 99;

        static Activity other(String name) {
            return new Activity(OTHER, name);
        }
    }

    /// How it went.
    enum Status {
        UNKNOWN(0),
        SUCCESS(1),
        FAILURE(2);

        private final int id;

        Status(int id) {
            this.id = id;
        }
    }

    ObjectNode event(Activity activity, OcsfSeverity severity, Status status, OffsetDateTime time, String message) {
        return JSON.createObjectNode()
                .put("class_uid", uid)
                .put("class_name", caption)
                .put("category_uid", category)
                .put("category_name", categoryName)
                .put("activity_id", activity.id())
                .put("activity_name", activity.name())
                .put("type_uid", uid * ACTIVITIES + activity.id())
                .put("type_name", caption + ": " + activity.name())
                .put("severity_id", severity.id())
                .put("severity", severity.caption())
                .put("status_id", status.id)
                .put(
                        "status",
                        status.name().charAt(0) + status.name().substring(1).toLowerCase(Locale.ROOT))
                .put("time", time.toInstant().toEpochMilli())
                .put("message", message);
    }

    /// The object `metadata`.
    static ObjectNode metadata(String uid, OffsetDateTime time, String log) {
        var metadata = JSON.createObjectNode()
                .put("version", VERSION)
                .put("uid", uid)
                .put("original_time", time.toString())
                .put("log_name", log);
        metadata.putObject("product").put("name", "Portcullis").put("vendor_name", "Portcullis");
        return metadata;
    }
}
