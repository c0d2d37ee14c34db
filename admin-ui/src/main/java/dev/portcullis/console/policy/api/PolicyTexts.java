package dev.portcullis.console.policy.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.policy.DocumentForm;
import dev.portcullis.console.policy.Expectation;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the headers and bodies that only the policy endpoints have.
final class PolicyTexts {
    static final String VERSION_HEADER = "portcullis-policy-version";

    private static final Pattern SOURCE = Pattern.compile("[^\\p{Cntrl}\\s][^\\p{Cntrl}]{0,199}");
    private static final Set<String> YAML_SUBTYPES = Set.of("yaml", "x-yaml", "vnd.yaml");

    private PolicyTexts() {}

    /// The form a client prefers; YAML when it does not care.
    static Optional<DocumentForm> accepted(List<String> accept) {
        try {
            var types = MediaType.parseMediaTypes(accept);
            if (types.isEmpty()) {
                return Optional.of(DocumentForm.YAML);
            }
            MimeTypeUtils.sortBySpecificity(types);
            return types.stream()
                    .sorted((left, right) -> Double.compare(right.getQualityValue(), left.getQualityValue()))
                    .map(PolicyTexts::form)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (InvalidMediaTypeException e) {
            throw new BadRequestException("Accept: " + e.getMessage());
        }
    }

    static MediaType mediaType(DocumentForm form) {
        return switch (form) {
            case YAML -> new MediaType("application", "yaml", StandardCharsets.UTF_8);
            case JSON -> MediaType.APPLICATION_JSON;
        };
    }

    /// Why something is published.
    static String comment(Optional<String> words) {
        return words.filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadRequestException("comment: (expected: why this is published)"));
    }

    /// What a document is called where it has its home.
    static String source(String text) {
        if (!SOURCE.matcher(text).matches()) {
            throw new BadRequestException("source: " + text + " (expected: a commit, or another name of at most 200"
                    + " printable characters)");
        }
        return text;
    }

    static String document(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException("The document is not UTF-8.");
        }
    }

    /// What `If-Match` expects.
    static Expectation expectation(Optional<String> ifMatch) {
        return Expectation.ofIfMatch(ifMatch);
    }

    private static Optional<DocumentForm> form(MediaType type) {
        if (type.isWildcardType() || type.getType().equals("text") || YAML_SUBTYPES.contains(type.getSubtype())) {
            return Optional.of(DocumentForm.YAML);
        }
        return type.isCompatibleWith(MediaType.APPLICATION_JSON) ? Optional.of(DocumentForm.JSON) : Optional.empty();
    }
}
