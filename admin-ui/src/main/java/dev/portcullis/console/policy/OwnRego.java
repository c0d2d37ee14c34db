package dev.portcullis.console.policy;

import dev.portcullis.policy.rego.CompiledRego;
import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/// The organization's own Rego that belongs to a version or to the draft.
///
/// @param compiled what proxies evaluate; a draft has it only where its modules were compiled elsewhere
public record OwnRego(RegoModules modules, Optional<CompiledRego> compiled) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final OwnRego NONE = new OwnRego(RegoModules.none(), Optional.empty());

    public static OwnRego none() {
        return NONE;
    }

    /// Modules that are still to be compiled.
    public static OwnRego of(RegoModules modules) {
        return new OwnRego(modules, Optional.empty());
    }

    public boolean isEmpty() {
        return modules.isEmpty();
    }

    /// How the database keeps the modules.
    public static OwnRego read(String modules, Optional<byte[]> compiled) {
        return new OwnRego(
                new RegoModules(JSON.readValue(modules, new TypeReference<List<RegoModule>>() {})),
                compiled.map(CompiledRego::new));
    }

    /// What [#read] takes.
    public String modulesAsJson() {
        return JSON.writeValueAsString(modules.modules().stream()
                .map(module -> java.util.Map.of("path", module.path(), "source", module.source()))
                .toList());
    }
}
