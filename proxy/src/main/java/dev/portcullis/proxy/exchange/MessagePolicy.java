package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks the policy about what a server sends: its requests, its notifications, and the pages it wants
/// people to open.
final class MessagePolicy {
    private static final String ELICITATION = "elicitation/create";

    private final Supplier<PolicySnapshot> policyInForce;

    MessagePolicy(Supplier<PolicySnapshot> policyInForce) {
        this.policyInForce = policyInForce;
    }

    /// Why a message of the server may not pass; empty when it may.
    ///
    /// @param uris the resources it names, or the pages to be opened
    Optional<Decision.Deny> refusal(Stage.Decided decided, String method, List<String> uris) {
        var policy = policyInForce.get();
        if (method.equals(ELICITATION) && !uris.stream().allMatch(MessagePolicy::isSafePage)) {
            return Optional.of(gatewayDenies(policy, "elicitation-url"));
        }
        if (!policy.judgesMessages()) {
            return Optional.empty();
        }
        var question = decided.input().withQuestion(new Question.Message(Optional.of(method), uris));
        return switch (PolicyGate.ask(policy.decisionPoint(), question)) {
            case PolicyGate.Answer.Admitted admitted -> Optional.empty();
            case PolicyGate.Answer.Denied denied -> Optional.of(denied.decision());
            case PolicyGate.Answer.Undecided undecided -> Optional.of(gatewayDenies(policy, "undecided"));
        };
    }

    private static Decision.Deny gatewayDenies(PolicySnapshot policy, String reason) {
        return new Decision.Deny(
                policy.version(),
                List.of(new Decision.Denial("gateway:" + reason, reason, Optional.empty())),
                List.of());
    }

    /// A page that a browser opens with TLS, and whose address shows where it leads.
    private static boolean isSafePage(String url) {
        try {
            var page = new URI(url).parseServerAuthority();
            return "https".equalsIgnoreCase(page.getScheme()) && page.getHost() != null && page.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
