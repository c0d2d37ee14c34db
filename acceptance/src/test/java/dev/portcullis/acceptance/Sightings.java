package dev.portcullis.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Secrets that a test uses, and all that it has seen afterwards.
final class Sightings {
    private final SecretSearch search = new SecretSearch();
    private final Map<String, StringBuilder> seen = new TreeMap<>();

    /// Looks for this one too.
    void secret(String name, String secret) {
        search.add(name, secret);
    }

    void apiKey(String name, String key) {
        search.addApiKey(name, key);
    }

    /// Makes one up: 256 bits in no known form.
    String newSecret(String name) {
        var made = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        search.add(name, made);
        return made;
    }

    /// The same secret with another character near its end.
    static String altered(String secret) {
        var at = secret.length() - 5;
        return secret.substring(0, at) + (secret.charAt(at) == 'A' ? 'B' : 'A') + secret.substring(at + 1);
    }

    void see(String place, String text) {
        seen.computeIfAbsent(place, any -> new StringBuilder()).append(text).append('\n');
    }

    /// Which secrets stand where, in what was seen and in all files below these folders.
    Set<String> of(Path... folders) throws IOException {
        var found = new TreeSet<String>();
        seen.forEach((place, text) -> search.in(text.toString()).forEach(secret -> found.add(place + ": " + secret)));
        for (var folder : folders) {
            found.addAll(search.inFiles(folder, any -> true));
        }
        return found;
    }
}
