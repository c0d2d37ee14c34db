package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An archive for support: what was found, and on what, without a secret.
///
/// What is secret by its name, looks like a token or key, or was given to this command as one, is
/// replaced. Whoever sends the archive should still look into it.
public final class SupportBundle {
    private static final String REDACTED = "[redacted]";
    private static final Pattern BY_NAME = Pattern.compile(
            "(?im)^(\\s*[\"']?[\\w.-]*(?:password|secret|token|key|credential)[\\w.-]*[\"']?\\s*[:=]\\s*)(?!\\s*(?:file:|\\{|\\[|$)).+$");
    private static final Pattern BY_LOOK = Pattern.compile(
            "pck_[a-z2-7]{12}_[A-Za-z0-9_-]{43}|pct_[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*"
                    + "|(?i:bearer) +[A-Za-z0-9._~+/=-]{8,}");

    private final Collection<Secret> secrets;
    private final Map<String, String> files = new LinkedHashMap<>();

    /// @param secrets that must not be in it
    public SupportBundle(Collection<Secret> secrets) {
        this.secrets = secrets;
    }

    /// Puts a text into it, without secrets.
    public void add(String name, String text) {
        files.put(name, redacted(text));
    }

    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    private String redacted(String text) {
        var safe = text;
        for (var secret : secrets) {
            if (!secret.reveal().isBlank()) {
                safe = safe.replace(secret.reveal(), REDACTED);
            }
        }
        safe = BY_LOOK.matcher(safe).replaceAll(REDACTED);
        return BY_NAME.matcher(safe).replaceAll("$1" + REDACTED);
    }
}
