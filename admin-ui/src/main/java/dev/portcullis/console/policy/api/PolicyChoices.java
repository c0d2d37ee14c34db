package dev.portcullis.console.policy.api;

import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.policy.PolicyChoice;

/// Reads which policy is meant: `published`, `draft`, the number of a version, or a document, as an
/// object or as the text of a YAML file.
public final class PolicyChoices {
    private static final String EXPECTED = "published, draft, the number of a version, or a document";

    private PolicyChoices() {}

    public static PolicyChoice read(JsonPlace place) {
        var node = place.node();
        if (node.isObject()) {
            return new PolicyChoice.Document(node.toString());
        }
        if (node.canConvertToLong() && node.isIntegralNumber() && node.longValue() > 0) {
            return new PolicyChoice.Version(node.longValue());
        }
        if (!node.isString()) {
            throw place.wrong(EXPECTED);
        }
        var text = node.stringValue();
        return switch (text) {
            case "published" -> new PolicyChoice.Published();
            case "draft" -> new PolicyChoice.Draft();
            default -> {
                if (text.matches("[1-9][0-9]{0,17}")) {
                    yield new PolicyChoice.Version(Long.parseLong(text));
                }
                if (text.indexOf(':') < 0) {
                    throw place.wrong(EXPECTED);
                }
                yield new PolicyChoice.Document(text);
            }
        };
    }
}
