package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.Network;
import dev.portcullis.secrets.ApiKey;
import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// Why an API key is not accepted. The gateway says no more than that to whoever shows one; the console
/// knows which key it is by its public part.
final class KeyAdvice {
    private static final String NEW_KEY = "Make a new one: `portcullis key create NAME`.";

    private final Visit visit;
    private final String prefix;

    private KeyAdvice(Visit visit, String prefix) {
        this.visit = visit;
        this.prefix = prefix;
    }

    static List<Finding> about(Visit visit) {
        var key = visit.token().flatMap(token -> ApiKey.parse(token.reveal()));
        if (key.isEmpty()) {
            return List.of(Finding.problem(
                    Code.KEY_INCOMPLETE,
                    "What was shown begins like an API key, and is not a whole one.",
                    "Copy the key again, all 60 characters, without quotes and line breaks; or make a new one."));
        }
        return List.of(new KeyAdvice(visit, key.get().prefix()).finding());
    }

    private Finding finding() {
        var keys = visit.console().list("api-keys?all=true");
        if (!visit.console().isThere()) {
            return Finding.problem(
                    Code.KEY_NOT_ACCEPTED,
                    "The API key pck_" + prefix + "_… is not accepted: it is unknown, revoked, over, for other routes,"
                            + " or not for this network.",
                    "`portcullis key list --all` shows which, or give this command a console (--url, --token).");
        }
        return keys.stream()
                .filter(key -> key.path("prefix").asString("").equals(prefix))
                .findFirst()
                .map(this::about)
                .orElseGet(() -> Finding.problem(
                        Code.KEY_UNKNOWN,
                        "The gateway has no API key pck_" + prefix + "_….",
                        "It is of another installation, perhaps. " + NEW_KEY));
    }

    private Finding about(JsonNode key) {
        var name = "The API key " + key.path("name").asString("") + " (pck_" + prefix + "_…)";
        var routes = texts(key.path("routes"));
        var networks = texts(key.path("networks"));
        if (key.has("revokedAt")) {
            return Finding.problem(
                    Code.KEY_REVOKED,
                    name + " was revoked, at " + key.path("revokedAt").asString() + " by "
                            + key.path("revokedBy").asString("somebody") + ".",
                    NEW_KEY);
        }
        if (isOver(key.path("expiresAt").asString(""))) {
            return Finding.problem(
                    Code.KEY_EXPIRED,
                    name + " ended at " + key.path("expiresAt").asString() + ".",
                    NEW_KEY);
        }
        if (key.has("routes") && visit.routeName().filter(routes::contains).isEmpty()) {
            return Finding.problem(
                    Code.KEY_FOR_OTHER_ROUTES,
                    name + " is good for other routes only: " + joined(routes) + ".",
                    "Use it there, or make another key for this route: `portcullis key create NAME --route "
                            + visit.routeName().orElse("ROUTE") + "`.");
        }
        if (!networks.isEmpty() && !isInside(networks)) {
            return Finding.problem(
                    Code.KEY_FOR_OTHER_NETWORKS,
                    name + " may be used from " + joined(networks) + " only, and the gateway sees this client at "
                            + visit.address() + ".",
                    Networks.next("make a key with --network for that address"));
        }
        return Finding.problem(
                Code.KEY_WRONG,
                name + " is good, but what was shown is not all of it: the beginning is right, the rest is not.",
                "Copy the key again. If it is right, the gateway's secrets.key is another one than when the key was"
                        + " made. " + NEW_KEY);
    }

    private boolean isOver(String end) {
        try {
            return !end.isEmpty()
                    && !visit.now().isBefore(OffsetDateTime.parse(end).toInstant());
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// Not known where the gateway sees the client: then it may be the reason.
    private boolean isInside(List<String> networks) {
        return visit.recorded("client_address")
                .map(InetAddress::ofLiteral)
                .filter(address -> networks.stream()
                        .map(Network::parse)
                        .flatMap(Optional::stream)
                        .anyMatch(network -> network.contains(address)))
                .isPresent();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(one -> one.asString("")).toList();
    }

    private static String joined(List<String> texts) {
        return String.join(", ", texts);
    }
}
