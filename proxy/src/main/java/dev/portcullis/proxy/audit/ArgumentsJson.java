package dev.portcullis.proxy.audit;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

import java.io.Writer;

/// How the audit trail reads and writes arguments. They were read strictly before, within the gateway's
/// limits; these limits are only wider.
final class ArgumentsJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ArgumentsJson() {}

    static JsonParser parser(String json) {
        return JSON.createParser(ObjectReadContext.empty(), json);
    }

    static JsonGenerator generator(Writer writer) {
        return JSON.createGenerator(ObjectWriteContext.empty(), writer);
    }
}
