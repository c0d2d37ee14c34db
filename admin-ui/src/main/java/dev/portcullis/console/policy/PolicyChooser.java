package dev.portcullis.console.policy;

import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.policy.document.ReadResult;
import org.springframework.stereotype.Component;

/// Finds the policy that somebody wants to ask, with the organization's own rules that go with it: those in
/// force, for a document that came with the question. Whoever may not read policies is refused by the service
/// behind it.
@Component
public class PolicyChooser {
    private final PolicyService policies;

    PolicyChooser(PolicyService policies) {
        this.policies = policies;
    }

    /// @throws NotFoundException when there is no such version
    /// @throws InvalidPolicyException when it is a draft or a document with errors
    public ChosenPolicy choose(PolicyChoice choice) {
        return switch (choice) {
            case PolicyChoice.Published published ->
                policies.published()
                        .map(version ->
                                read(published, version.version(), version.document(), policies.publishedModules()))
                        .orElseThrow(() -> new NotFoundException("No policy has been published yet."));
            case PolicyChoice.Draft draft ->
                read(draft, next(), policies.draft().document(), policies.draftModules());
            case PolicyChoice.Version(var number) ->
                policies.version(number)
                        .map(version -> read(
                                choice,
                                number,
                                version.document(),
                                policies.modules(number).orElseGet(OwnRego::none)))
                        .orElseThrow(() -> new NotFoundException("There is no version " + number + "."));
            case PolicyChoice.Document(var text) -> read(choice, next(), text, policies.publishedModules());
        };
    }

    private long next() {
        return policies.published().map(PolicyVersion::version).orElse(0L) + 1;
    }

    private ChosenPolicy read(PolicyChoice choice, long version, String text, OwnRego own) {
        return switch (policies.validate(text)) {
            case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
            case ReadResult.Valid(var document, var _) -> new ChosenPolicy(choice.describe(), version, document, own);
        };
    }
}
