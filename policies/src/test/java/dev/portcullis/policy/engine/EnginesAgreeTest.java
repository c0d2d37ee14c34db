package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicyInput;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/// Over generated documents and requests, the engine in this process and a real OPA server give the very
/// same answers. Without a server there is nothing to compare, and the test is skipped.
@Tag("slow")
class EnginesAgreeTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Optional<OpaServer> OPA = OpaServer.startIfAvailable();

    /// What an assumption is elsewhere: here one would fail the property, for too few tries.
    static final class NeedsOpa implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return OPA.isPresent() ? SkipResult.doNotSkip() : SkipResult.skip("no opa binary");
        }
    }

    @AfterContainer
    static void stop() {
        OPA.ifPresent(OpaServer::close);
    }

    @Property
    @AddLifecycleHook(NeedsOpa.class)
    void enginesAgree(@ForAll("someRules") List<String> rules, @ForAll("requests") List<PolicyInput> requests)
            throws Exception {
        // Given
        var document = Inputs.document(Generated.text(rules));
        var data = PublishedData.write(document, 1, List.of());
        var embedded = CompiledPolicy.shipped().evaluator(data);
        var writer = new InputWriter(document);

        for (var request : requests) {
            // When
            var input = writer.write(request);
            var answer = JSON.readTree(embedded.evaluate(Evaluator.Entrypoint.DECISION, input))
                    .path(0)
                    .path("result");

            // Then
            assertThat(OPA.orElseThrow().evaluate(Evaluator.Entrypoint.DECISION, data, input))
                    .isEqualTo(answer);
        }
    }

    @Provide
    Arbitrary<List<String>> someRules() {
        return Generated.rules().list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<PolicyInput>> requests() {
        return Generated.requests().list().ofSize(10);
    }
}
