package dev.portcullis.standalone.client;

import dev.portcullis.policy.rego.RegoBundle;
import dev.portcullis.policy.rego.RegoModules;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/// An organization's own Rego on its way to a console.
public final class ModulesUpload {
    private final String mediaType;
    private final byte[] body;

    private ModulesUpload(String mediaType, byte[] body) {
        this.mediaType = mediaType;
        this.body = body;
    }

    /// For a console that compiles it.
    public static ModulesUpload sources(RegoModules modules) {
        var items = modules.modules().stream()
                .map(module -> Map.of("path", module.path(), "source", module.source()))
                .toList();
        return new ModulesUpload("application/json", JsonMapper.shared().writeValueAsBytes(Map.of("modules", items)));
    }

    /// For a console that does not.
    public static ModulesUpload compiled(RegoBundle bundle) {
        return new ModulesUpload("application/gzip", bundle.archive());
    }

    String mediaType() {
        return mediaType;
    }

    byte[] body() {
        return body.clone();
    }
}
