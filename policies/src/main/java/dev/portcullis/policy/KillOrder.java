package dev.portcullis.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The wish to stop something, as a person or a program states it. It refuses to exist when wrong: what
/// could never match would look like a kill and stop nobody.
///
/// @param exemptGroups patterns for the groups whose verified members go on
/// @param reason for the record; required
/// @param message the owner's words to those it stops
/// @param until when it ends by itself
public record KillOrder(
        KillScope scope, List<String> exemptGroups, String reason, Optional<String> message, Optional<Instant> until) {
    /// How long reason and message may be.
    public static final int LONGEST = 2_000;

    private static final int MOST = 100;
    /// A route, a client, a tool: printable, and without spaces around, which would be part of the name.
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,198}[^\\p{Cntrl}\\s])?");
    /// As [NAME], but shorter, as groups are.
    private static final Pattern GROUP = Pattern.compile("[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,98}[^\\p{Cntrl}\\s])?");
    /// Every subject begins with what vouches for it.
    private static final Pattern CALLER = Pattern.compile("(?:[^\\p{Cntrl}\\s:*]+:|[^:]*\\*)[^\\p{Cntrl}]{0,300}");

    public KillOrder {
        scope.lists().forEach((key, names) -> check("scope." + key, key, names));
        exemptGroups = List.copyOf(exemptGroups);
        check("exempt.groups", "groups", exemptGroups);
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw wrong("reason", reason.isEmpty() ? "\"\"" : "too long", "1 to " + LONGEST + " characters");
        }
        message = message.map(String::strip).filter(words -> !words.isEmpty());
        if (message.map(String::length).orElse(0) > LONGEST) {
            throw wrong("message", "too long", "at most " + LONGEST + " characters");
        }
    }

    /// The kill that is ordered.
    ///
    /// @throws IllegalArgumentException when its end has come already
    public Kill kill(UUID id, Instant now) {
        var kill = new Kill(id, scope, exemptGroups, reason, message, until);
        if (kill.isOver(now)) {
            throw wrong("until", kill.until().orElseThrow().toString(), "a time to come; it is " + now);
        }
        return kill;
    }

    private static void check(String path, String key, List<String> names) {
        if (names.size() > MOST) {
            throw wrong(path, names.size() + " names", "at most " + MOST);
        }
        names.stream().filter(name -> !isName(key, name)).findFirst().ifPresent(name -> {
            throw wrong(path, "\"" + name + "\"", expected(key));
        });
    }

    private static boolean isName(String key, String name) {
        return switch (key) {
            case "groups" -> GROUP.matcher(name).matches();
            case "callers" -> CALLER.matcher(name).matches();
            default -> NAME.matcher(name).matches();
        };
    }

    private static String expected(String key) {
        return switch (key) {
            case "groups" -> "names or patterns of groups, at most 100 printable characters, no spaces around";
            case "callers" ->
                "callers as records name them, such as key:ci, certificate:ci, token:1f… or corp:ada@acme.example,"
                        + " or patterns such as key:*";
            default -> "names or patterns, at most 200 printable characters, no spaces around";
        };
    }

    private static IllegalArgumentException wrong(String path, String value, String expected) {
        return new IllegalArgumentException(path + ": " + value + " (expected: " + expected + ")");
    }
}
