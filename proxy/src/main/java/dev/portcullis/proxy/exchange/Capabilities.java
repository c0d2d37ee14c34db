package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.mcp.Capability;
import dev.portcullis.proxy.mcp.Capability.Side;
import dev.portcullis.proxy.mcp.MetaKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.concurrent.Executor;

/// Lets client and server tell each other only what the policy would let them use. A server that does
/// not hear of a client's capability must not use it: the clean way to keep it from asking.
final class Capabilities {
    private static final String CAPABILITIES = "capabilities";

    private final PolicyNow policyNow;

    Capabilities(PolicyNow policyNow) {
        this.policyNow = policyNow;
    }

    /// The request without those of the client's capabilities that could not be used.
    Eventual<Stage.Decoded> withoutForbidden(Stage.Decoded decoded, PolicyInput input, Executor loop) {
        if (!(decoded.opened() instanceof JsonRpcMessage.Request request)
                || !policyNow.snapshot().judgesMessages()
                || !clientCapabilities(decoded, request.params()).isObject()) {
            return Eventual.now(decoded);
        }
        return passing(input, Side.CLIENT, loop).map(passing -> withOnly(passing, decoded, request));
    }

    private static Stage.Decoded withOnly(Set<String> passing, Stage.Decoded decoded, JsonRpcMessage.Request request) {
        var params = request.params().deepCopy();
        var capabilities = (ObjectNode) clientCapabilities(decoded, params);
        return Capability.remove(Side.CLIENT, capabilities, passing)
                ? new Stage.Decoded(
                        decoded.identified(),
                        decoded.era(),
                        decoded.message(),
                        new JsonRpcMessage.Request(request.id(), request.method(), params),
                        true,
                        decoded.tool())
                : decoded;
    }

    /// Takes out of a server's result, if it is about capabilities, what could not be used, and
    /// announces that the tools may change.
    ///
    /// @return whether the result was changed
    Eventual<Boolean> rewrite(Stage.Decided decided, ObjectNode result, Executor loop) {
        var isAboutThem = result.has("protocolVersion") || result.has("supportedVersions");
        if (!isAboutThem || !(result.get(CAPABILITIES) instanceof ObjectNode capabilities)) {
            return Eventual.now(false);
        }
        if (!policyNow.snapshot().judgesMessages()) {
            return Eventual.now(Capability.announceToolChanges(capabilities));
        }
        return passing(decided.input(), Side.SERVER, loop).map(passing -> {
            var removed = Capability.remove(Side.SERVER, capabilities, passing);
            return Capability.announceToolChanges(capabilities) || removed;
        });
    }

    /// Of the methods that the capabilities of `side` are good for, those that could pass; none when the
    /// policy does not answer.
    private Eventual<Set<String>> passing(PolicyInput input, Side side, Executor loop) {
        var question = new Question.Methods(Capability.methods(side));
        return policyNow
                .ask(input, question, loop)
                .map(answer -> answer instanceof PolicyGate.Answer.Admitted admitted
                        ? admitted.permit().decision().visible()
                        : Set.of());
    }

    private static JsonNode clientCapabilities(Stage.Decoded decoded, JsonNode params) {
        return decoded.begins()
                ? params.path(CAPABILITIES)
                : params.path(MetaKeys.META).path(MetaKeys.CLIENT_CAPABILITIES);
    }
}
