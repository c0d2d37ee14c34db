package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.Question;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Asks the policy about what a server sends: its requests, its notifications, and the pages it wants
/// people to open.
final class MessagePolicy {
    private static final String ELICITATION = "elicitation/create";

    private final PolicyNow policyNow;

    MessagePolicy(PolicyNow policyNow) {
        this.policyNow = policyNow;
    }

    /// Why a message of the server may not pass; empty when it may.
    ///
    /// @param uris the resources it names, or the pages to be opened
    Eventual<Optional<Decision.Deny>> refusal(Stage.Decided decided, String method, List<String> uris, Executor loop) {
        if (method.equals(ELICITATION) && !uris.stream().allMatch(MessagePolicy::isSafePage)) {
            return Eventual.now(Optional.of(gatewayDenies("elicitation-url")));
        }
        if (!policyNow.snapshot().judgesMessages()) {
            return Eventual.now(Optional.empty());
        }
        var question = new Question.Message(Optional.of(method), uris);
        return policyNow.ask(decided.input(), question, loop).map(this::refusal);
    }

    private Optional<Decision.Deny> refusal(PolicyGate.Answer answer) {
        return switch (answer) {
            case PolicyGate.Answer.Admitted admitted -> Optional.empty();
            case PolicyGate.Answer.Denied denied -> Optional.of(denied.decision());
            case PolicyGate.Answer.Undecided undecided -> Optional.of(gatewayDenies("undecided"));
        };
    }

    private Decision.Deny gatewayDenies(String reason) {
        return new Decision.Deny(
                policyNow.snapshot().version(),
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
