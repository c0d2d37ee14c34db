package dev.portcullis.console.policytests;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.evaluation.LoadedRules;
import dev.portcullis.console.evaluation.ReadyPolicy;
import dev.portcullis.console.policy.EvaluationTurns;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policy.PolicyChooser;
import dev.portcullis.console.policytests.query.PolicyTestQuery;
import dev.portcullis.console.policytests.store.PolicyTestStore;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps the regression tests of the policy and runs them. Publication runs them too, and waits for all that pass.
@Service
public class PolicyTestService {
    private final PolicyTestQuery query;
    private final PolicyTestStore store;
    private final PolicyChooser policies;
    private final LoadedRules own;
    private final EvaluationTurns turns;

    PolicyTestService(
            PolicyTestQuery query,
            PolicyTestStore store,
            PolicyChooser policies,
            LoadedRules own,
            EvaluationTurns turns) {
        this.query = query;
        this.store = store;
        this.policies = policies;
        this.own = own;
        this.turns = turns;
    }

    /// By name.
    @RolesAllowed(Roles.VIEWER)
    public List<PolicyTest> list() {
        return query.current();
    }

    @RolesAllowed(Roles.VIEWER)
    public Optional<PolicyTest> find(String name) {
        return query.find(name);
    }

    /// Every version of a test, newest first, those before it was deleted included.
    @RolesAllowed(Roles.VIEWER)
    public List<PolicyTest> history(String name) {
        return query.history(name);
    }

    /// Writes a new version of a test, or the first one.
    ///
    /// @param expected the revisions, one of which has to be current, 0 for none; empty when the writer does not
    ///     care
    /// @throws StaleTestException when none of them is
    /// @throws dev.portcullis.console.api.ConflictException when there would be too many tests
    @RolesAllowed(Roles.EDITOR)
    public PolicyTest save(PolicyTestCase test, String actor, Set<Long> expected) {
        store.save(test, actor, expected);
        return query.find(test.name()).orElseThrow(() -> new StaleTestException(test.name()));
    }

    /// @return whether there was one
    /// @throws StaleTestException as in [#save]
    @RolesAllowed(Roles.EDITOR)
    public boolean delete(String name, String actor, Set<Long> expected) {
        return store.delete(name, actor, expected);
    }

    /// Takes over the cases of a scenario file, all or none. A test of the same name gets a new version; others
    /// stay.
    ///
    /// @return how many were written; those that said the same already are not
    /// @throws IllegalArgumentException when it is no such file
    @RolesAllowed(Roles.EDITOR)
    public int importFile(String text, String actor) {
        return store.saveAll(TestFile.read(text), actor);
    }

    /// All tests as a file that `portcullis policy test --policy FILE` runs.
    @RolesAllowed(Roles.VIEWER)
    public String exportFile() {
        return TestFile.write(query.current().stream().map(PolicyTest::content).toList());
    }

    /// What a policy says to every test.
    ///
    /// @throws dev.portcullis.console.api.NotFoundException when there is no such version
    /// @throws dev.portcullis.console.policy.InvalidPolicyException when it is a draft or a document with errors
    /// @throws dev.portcullis.console.api.BusyException when too many others ask
    @RolesAllowed(Roles.VIEWER)
    public List<TestResult> run(PolicyChoice choice) {
        return run(choice, query.current());
    }

    /// What a policy says to a test that nobody has to keep.
    @RolesAllowed(Roles.VIEWER)
    public TestResult tryOut(PolicyChoice choice, PolicyTestCase test) {
        var unkept = new PolicyTest(test, 0, "", OffsetDateTime.MIN);
        return run(choice, List.of(unkept)).getFirst();
    }

    private List<TestResult> run(PolicyChoice choice, List<PolicyTest> tests) {
        return turns.take(() -> {
            var policy = ReadyPolicy.of(policies.choose(choice), own, List.of(), 1);
            return new TestRunner(policy).run(tests);
        });
    }
}
