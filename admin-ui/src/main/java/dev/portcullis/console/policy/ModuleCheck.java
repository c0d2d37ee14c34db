package dev.portcullis.console.policy;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.policy.engine.PublishedData;
import dev.portcullis.policy.rego.Compilation;
import dev.portcullis.policy.rego.CompiledRego;
import dev.portcullis.policy.rego.Opa;
import dev.portcullis.policy.rego.RegoCompiler;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes sure that an organization's modules may be put in force with a document: checked, tested,
/// compiled, and within their budget of time.
///
/// With an `opa` the console compiles them itself, whatever was compiled elsewhere. Without one it takes
/// what was compiled elsewhere: that can only refuse, but whether it refuses what the modules say, and
/// whether their tests pass, is the word of whoever compiled it.
@Component
public class ModuleCheck {
    private final Optional<RegoCompiler> compiler;
    private final Duration budget;

    ModuleCheck(ConsoleSettings settings) {
        this.compiler = settings.policy().opa().map(Opa::at).map(RegoCompiler::new);
        this.budget = settings.policy().ownRulesBudget();
    }

    /// @param tests how many tests of the modules passed here
    public record Checked(OwnRego own, int tests) {}

    /// Whether this console compiles modules itself.
    boolean compiles() {
        return compiler.isPresent();
    }

    /// The modules with what proxies evaluate.
    ///
    /// @throws InvalidModulesException with everything that is wrong
    /// @throws dev.portcullis.policy.rego.OpaException when the compiler cannot be used
    public Checked check(PolicyDocument document, OwnRego own) {
        if (own.isEmpty()) {
            return new Checked(OwnRego.none(), 0);
        }
        var compiled = compiler.map(present -> compile(present, document, own)).orElseGet(() -> taken(own));
        tryOut(document, compiled.program());
        return new Checked(new OwnRego(own.modules(), Optional.of(compiled.program())), compiled.tests());
    }

    private static Compilation.Compiled compile(RegoCompiler compiler, PolicyDocument document, OwnRego own) {
        var published = PublishedData.write(document, 0, List.of());
        return switch (compiler.compile(own.modules(), published)) {
            case Compilation.Compiled compiled -> compiled;
            case Compilation.Rejected rejected -> throw InvalidModulesException.of(rejected);
        };
    }

    private static Compilation.Compiled taken(OwnRego own) {
        var problems = own.modules().problems();
        if (!problems.isEmpty()) {
            throw InvalidModulesException.of(problems);
        }
        return own.compiled()
                .map(program -> new Compilation.Compiled(program, 0))
                .orElseThrow(() -> InvalidModulesException.of(
                        "modules that nobody has compiled",
                        "policy.opa in this console's configuration, or modules compiled elsewhere:"
                                + " `portcullis policy publish FILE --rego DIR --opa PATH`"));
    }

    private void tryOut(PolicyDocument document, CompiledRego program) {
        try {
            OwnRules.load(program, budget, 1).overBudget(document, List.of()).ifPresent(slow -> {
                throw InvalidModulesException.of(slow, "an answer within the budget of each evaluation");
            });
        } catch (IllegalArgumentException e) {
            throw InvalidModulesException.of(String.valueOf(e.getMessage()), "modules that can be evaluated");
        }
    }
}
