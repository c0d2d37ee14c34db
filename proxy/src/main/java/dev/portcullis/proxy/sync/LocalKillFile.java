package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Where a replica keeps its own kills, so that they outlive it. Always written as a whole, beside the file
/// and then in its place: a crash leaves the old one or the new one.
record LocalKillFile(Path path) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// @throws IOException when there is a file and it is not understood. A replica that started without it
    ///     would let pass what somebody has stopped
    List<LocalKill> read() throws IOException {
        if (Files.notExists(path)) {
            return List.of();
        }
        try {
            var kills = JSON.readTree(Files.readString(path)).required("kills");
            return kills.valueStream().map(LocalKillFile::kill).toList();
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("not a file of kills: " + e.getMessage(), e);
        }
    }

    void write(List<LocalKill> kills) throws IOException {
        var json = JSON.createObjectNode();
        var list = json.putArray("kills");
        kills.forEach(kill -> list.add(json(kill)));
        var beside = path.resolveSibling(path.getFileName() + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode json(LocalKill local) {
        var kill = local.kill();
        var json = JSON.createObjectNode();
        json.put("id", kill.id().toString());
        json.set("scope", KillJson.write(kill.scope()));
        json.set("exempt", KillJson.writeExempt(kill.exemptGroups()));
        json.put("reason", kill.reason());
        kill.message().ifPresent(message -> json.put("message", message));
        kill.until().ifPresent(until -> json.put("until", until.toString()));
        json.put("engagedAt", local.engagedAt().toString());
        json.put("reported", local.reported());
        local.release().ifPresent(release -> {
            json.put("releasedAt", release.at().toString());
            release.reason().ifPresent(reason -> json.put("releaseReason", reason));
        });
        return json;
    }

    private static LocalKill kill(JsonNode json) {
        return new LocalKill(
                new Kill(
                        UUID.fromString(json.required("id").stringValue()),
                        KillJson.storedScope(json.required("scope").toString()),
                        KillJson.storedExempt(json.path("exempt").toString()),
                        json.required("reason").stringValue(),
                        json.path("message").stringValueOpt(),
                        json.path("until").stringValueOpt().map(Instant::parse)),
                Instant.parse(json.required("engagedAt").stringValue()),
                json.path("reported").asBoolean(false),
                json.path("releasedAt")
                        .stringValueOpt()
                        .map(Instant::parse)
                        .map(at -> new LocalKill.Release(
                                at, json.path("releaseReason").stringValueOpt())));
    }
}
