package dev.portcullis.console.evaluation;

import dev.portcullis.console.ConsoleSettings;
import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.ModuleCheck;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.engine.OwnRules;
import dev.portcullis.policy.rego.RegoModules;
import org.springframework.stereotype.Component;

import java.util.Optional;

/// The organization's own rules that were last asked about, ready to be asked again: making them ready
/// takes seconds.
@Component
public class LoadedRules {
    private static final int AT_ONCE = 4;

    private final ModuleCheck modules;
    private final ConsoleSettings settings;
    private Optional<Loaded> last = Optional.empty();

    LoadedRules(ModuleCheck modules, ConsoleSettings settings) {
        this.modules = modules;
        this.settings = settings;
    }

    private record Loaded(RegoModules modules, OwnRules rules) {}

    /// The rules that these modules make; none without modules.
    ///
    /// @param policy the document they are to go with
    /// @throws InvalidModulesException when they cannot be used
    public synchronized Optional<OwnRules> of(PolicyDocument policy, OwnRego own) {
        if (own.isEmpty()) {
            return Optional.empty();
        }
        if (last.filter(loaded -> loaded.modules().equals(own.modules())).isEmpty()) {
            last = Optional.of(new Loaded(own.modules(), load(policy, own)));
        }
        return last.map(Loaded::rules);
    }

    private OwnRules load(PolicyDocument policy, OwnRego own) {
        var program = modules.check(policy, own).own().compiled().orElseThrow();
        var rules = OwnRules.load(program, settings.policy().ownRulesBudget(), AT_ONCE);
        rules.warmUp(policy);
        return rules;
    }
}
