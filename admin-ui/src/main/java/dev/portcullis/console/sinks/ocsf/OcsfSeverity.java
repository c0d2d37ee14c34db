package dev.portcullis.console.sinks.ocsf;

/// How much somebody should care, in the numbers of OCSF.
public enum OcsfSeverity {
    INFORMATIONAL(1, "Informational"),
    LOW(2, "Low"),
    MEDIUM(3, "Medium"),
    HIGH(4, "High");

    private final int id;
    private final String caption;

    OcsfSeverity(int id, String caption) {
        this.id = id;
        this.caption = caption;
    }

    public int id() {
        return id;
    }

    public String caption() {
        return caption;
    }
}
