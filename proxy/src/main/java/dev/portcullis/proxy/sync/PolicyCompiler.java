package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import dev.portcullis.policy.engine.OpaClient;
import dev.portcullis.policy.engine.OpaDecisionPoint;

import java.util.List;

/// Turns what the database holds into something that decides. May take its time; never called on an
/// event loop.
@FunctionalInterface
public interface PolicyCompiler {

    /// Throws a [RuntimeException] when the document, though valid, cannot be compiled.
    PolicyDecisionPoint compile(PolicyDocument document, long version, List<Kill> kills);

    default ReadResult read(String text) {
        return DocumentReader.read(text);
    }

    /// The engine in this process.
    ///
    /// @param evaluators how many threads ask at once without waiting; one for each event loop
    static PolicyCompiler embedded(int evaluators) {
        return (document, version, kills) -> EmbeddedDecisionPoint.compile(document, version, kills, evaluators);
    }

    /// An OPA server.
    ///
    /// @param evaluators as for [#embedded]; for what this process decides all the same
    static PolicyCompiler opa(OpaClient opa, int evaluators) {
        return (document, version, kills) -> OpaDecisionPoint.of(opa, document, version, kills, evaluators);
    }
}
