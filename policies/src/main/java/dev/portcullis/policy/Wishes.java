package dev.portcullis.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a client's control headers ask for. A wish is one more restriction; it cannot widen anything.
///
/// @param readOnly whether the client asked for read-only
/// @param allowedActions the action identifiers the client limits itself to; absent means no wish,
///     empty means none
public record Wishes(boolean readOnly, Optional<List<String>> allowedActions) {
    public static final String READ_ONLY_HEADER = "x-read-only-mode";
    public static final String ALLOWED_ACTIONS_HEADER = "x-allowed-actions-to-run";

    private static final Pattern SPACES_AND_TABS_AROUND = Pattern.compile("^[ \t]+|[ \t]+$");

    public Wishes {
        allowedActions = allowedActions.map(List::copyOf);
    }

    public static Wishes none() {
        return new Wishes(false, Optional.empty());
    }

    /// Reads the wishes from all values of the two headers, in the most restrictive reading: any value
    /// of `x-read-only-mode` other than `0` and `false` means on; several `x-allowed-actions-to-run`
    /// lists intersect; entries are trimmed of spaces and tabs.
    ///
    /// @param readOnlyValues every value of every `x-read-only-mode` header, in order
    /// @param allowedActionsValues every value of every `x-allowed-actions-to-run` header, in order
    public static Wishes of(List<String> readOnlyValues, List<String> allowedActionsValues) {
        var readOnly = readOnlyValues.stream().anyMatch(value -> !value.equals("0") && !value.equals("false"));
        return new Wishes(
                readOnly,
                allowedActionsValues.stream()
                        .map(Wishes::entries)
                        .reduce((left, right) ->
                                left.stream().filter(right::contains).toList()));
    }

    private static List<String> entries(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(entry -> SPACES_AND_TABS_AROUND.matcher(entry).replaceAll(""))
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
    }
}
