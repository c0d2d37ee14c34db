package dev.portcullis.standalone.command;

import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.PublishedData;
import dev.portcullis.policy.rego.Compilation;
import dev.portcullis.policy.rego.Opa;
import dev.portcullis.policy.rego.OpaException;
import dev.portcullis.policy.rego.RegoCompiler;
import dev.portcullis.policy.rego.RegoModules;
import dev.portcullis.standalone.process.CannotStart;
import dev.portcullis.standalone.process.Refused;

import java.util.List;
import java.util.Optional;

/// Compiles and tests an organization's own Rego on this machine.
final class OwnRego {
    private static final String NO_DOCUMENT = "{}";

    private OwnRego() {}

    /// @param document the document the modules go with, when there is one
    /// @throws Refused with every problem, and with what failing tests said
    static Compilation.Compiled compile(Opa opa, RegoModules modules, Optional<PolicyDocument> document) {
        try {
            var published =
                    document.map(one -> PublishedData.write(one, 0, List.of())).orElse(NO_DOCUMENT);
            return switch (new RegoCompiler(opa).compile(modules, published)) {
                case Compilation.Compiled compiled -> compiled;
                case Compilation.Rejected rejected -> throw new Refused(describe(rejected));
            };
        } catch (OpaException e) {
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        }
    }

    private static String describe(Compilation.Rejected rejected) {
        var message = new StringBuilder("The organization's own Rego cannot be used:");
        rejected.problems().forEach(problem -> message.append("\n  ").append(problem.describe()));
        if (!rejected.output().isEmpty()) {
            message.append("\n\n").append(rejected.output().strip());
        }
        return message.toString();
    }
}
