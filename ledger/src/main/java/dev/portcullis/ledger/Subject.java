package dev.portcullis.ledger;

/// What the records of a chain are.
public enum Subject {
    EXCHANGE("exchange"),
    ADMIN_EVENT("admin_event");

    private final String wireName;

    Subject(String wireName) {
        this.wireName = wireName;
    }

    /// The name in the database and in exports.
    public String wireName() {
        return wireName;
    }

    /// @throws IllegalArgumentException when there is no such subject
    public static Subject of(String wireName) {
        for (var subject : values()) {
            if (subject.wireName.equals(wireName)) {
                return subject;
            }
        }
        throw new IllegalArgumentException("subject: " + wireName + " (expected: exchange or admin_event)");
    }
}
