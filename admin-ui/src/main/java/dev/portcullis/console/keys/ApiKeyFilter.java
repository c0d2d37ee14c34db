package dev.portcullis.console.keys;

import dev.portcullis.secrets.ApiKey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which keys are asked for.
///
/// @param text in the name, in a group, or at the beginning of the key itself
/// @param route what they are good for
public record ApiKeyFilter(Optional<String> text, Optional<String> route, Standing standing) {
    private static final Pattern WHOLE_KEY = Pattern.compile("(" + ApiKey.MARK + "[a-z2-7]{12})_.*");

    /// Of a whole key only the part that names it is kept: filters stand in URLs.
    public ApiKeyFilter {
        text = text.map(String::strip)
                .filter(words -> !words.isEmpty())
                .map(words -> WHOLE_KEY.matcher(words).replaceFirst("$1"));
        route = route.filter(name -> !name.isBlank());
    }

    public static ApiKeyFilter of(Standing standing) {
        return new ApiKeyFilter(Optional.empty(), Optional.empty(), standing);
    }

    /// How a key stands.
    public enum Standing {
        /// All that were not revoked.
        CURRENT,
        /// Good, and ending within [ApiKeyService#SOON].
        EXPIRING,
        /// Over by itself.
        ENDED,
        REVOKED,
        ALL;

        /// Its name in URLs and in the REST API.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Standing> named(String wireName) {
            return Arrays.stream(values())
                    .filter(standing -> standing.wireName().equals(wireName))
                    .findFirst();
        }
    }
}
