package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.catalog.ToolCatalog;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.http.CredentialFields;
import dev.portcullis.proxy.http.LoopMark;
import dev.portcullis.proxy.identity.Authenticator;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.identity.Presented;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpProblem;
import dev.portcullis.proxy.mcp.MirroredHeaders;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The way of a request from the first byte to the permit, one step a method. Each step takes the
/// result of the step before it; each may refuse.
///
/// Called on event loops: nothing here waits. What has to be fetched is awaited as a [Step.Awaiting].
public final class AdmissionFlow {
    private final ProxyConfig config;
    private final Screening screening;
    private final PolicyNow policyNow;
    private final Authenticator authenticator;
    private final Validity validity;
    private final Bindings bindings;
    private final Decoding decoding;
    private final EndpointMetadata metadata;
    private final Capabilities capabilities;
    private final LimitStep limitStep;
    private final String scope;

    public AdmissionFlow(
            ProxyConfig config,
            LoopMark loopMark,
            PolicyNow policyNow,
            Authenticator authenticator,
            Validity validity,
            Bindings bindings,
            ToolHeaders toolHeaders,
            ToolCatalog catalog,
            EndpointMetadata metadata,
            CallLimits limits) {
        this.config = config;
        this.screening = new Screening(config, loopMark);
        this.policyNow = policyNow;
        this.authenticator = authenticator;
        this.validity = validity;
        this.bindings = bindings;
        this.decoding = new Decoding(config.limits().jsonDepth(), bindings, toolHeaders, catalog);
        this.metadata = metadata;
        this.limitStep = new LimitStep(limits);
        this.capabilities = new Capabilities(policyNow);
        this.scope = config.identity().interactive().stream()
                .flatMap(issuer -> issuer.scopes().stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /// All that is asked before the body is read.
    ///
    /// @param loop where the path goes on when something had to be fetched: the exchange's event loop
    public Step<Stage.Identified> admitHead(Stage.Received received, Executor loop) {
        var policy = policyNow.snapshot();
        return screen(received, policy)
                .then(screened -> route(screened, policy))
                .then(routed -> describe(routed, loop))
                .then(routed -> identify(routed, loop))
                .then(this::checkSession)
                .then(identified -> checkTransport(identified, loop));
    }

    /// All that is asked when the body is there.
    ///
    /// @param loop as for [#admitHead]
    public Step<Stage.Decided> admitBody(Stage.Identified identified, byte[] body, Executor loop) {
        return admitBody(identified, body, Counted.nothing(), loop);
    }

    /// While a call paid, the policy may have changed: then it is admitted again, and does not pay twice.
    private Step<Stage.Decided> admitBody(Stage.Identified identified, byte[] body, Counted counted, Executor loop) {
        return judge(identified, body, loop)
                .then(decided -> limitStep.pay(decided, counted, loop))
                .then(paid -> isInForce(paid.identified())
                        ? new Step.Passed<>(paid)
                        : admitBody(paid.identified(), body, paid.counted(), loop));
    }

    private Step<Stage.Decided> judge(Stage.Identified identified, byte[] body, Executor loop) {
        return underPolicyInForce(identified, loop)
                .then(fresh -> decoding.decode(fresh, body))
                .then(decoded -> decide(decoded, body, loop));
    }

    /// All that is asked when a request without a message is complete: GET and DELETE carry none, and what
    /// allowed the connection allows them.
    ///
    /// @param loop as for [#admitHead]
    public Step<Stage.Decided> admitWithoutBody(Stage.Identified identified, Executor loop) {
        return underPolicyInForce(identified, loop)
                .then(fresh -> new Step.Passed<>(new Stage.Decided(
                        fresh,
                        Optional.empty(),
                        fresh.connection(),
                        fresh.connectionPermit(),
                        fresh.decisionMicros())));
    }

    /// Whether the policy that permitted a request is the one in force, and its caller still valid.
    public boolean isInForce(Stage.Decided decided) {
        return isInForce(decided.identified());
    }

    /// All that is asked once more of a request that was permitted by a policy which is no longer in force. It does
    /// not pay twice.
    ///
    /// @param loop as for [#admitHead]
    public Step<Stage.Decided> admitAgain(Stage.Decided decided, byte[] body, Executor loop) {
        return decided.identified().routed().screened().verb() == Verb.POST
                ? admitBody(decided.identified(), body, decided.counted(), loop)
                : admitWithoutBody(decided.identified(), loop);
    }

    /// The rest of a request may arrive long after its head. When the policy has changed meanwhile, or the caller's key
    /// was revoked, the head is admitted again, so that nobody can hold the door open.
    private Step<Stage.Identified> underPolicyInForce(Stage.Identified identified, Executor loop) {
        return isInForce(identified)
                ? new Step.Passed<>(identified)
                : admitHead(identified.routed().screened().received(), loop);
    }

    private boolean isInForce(Stage.Identified identified) {
        return isCurrent(identified.routed()) && validity.holds(identified);
    }

    /// Whether the request is judged by the policy in force.
    @SuppressWarnings("ReferenceEquality") // a snapshot is replaced, never changed
    private boolean isCurrent(Stage.Routed routed) {
        return routed.policy() == policyNow.snapshot();
    }

    /// What the policy's answer leads to. While a slow answer was on its way, the policy may have changed, or the key
    /// been revoked: then the path begins `again`, so that nobody gets in by a slow decision.
    private <S extends Stage> Step<S> answered(
            Stage last, Caller caller, Stage.Routed routed, Eventual<Step<S>> answer, Supplier<Step<S>> again) {
        return answer instanceof Eventual.Now<Step<S>>(Step<S> step)
                ? step
                : Step.of(
                        last, answer.map(slow -> isCurrent(routed) && validity.ofCaller(caller) ? slow : again.get()));
    }

    /// Is this a request to an MCP endpoint of ours?
    private Step<Stage.Screened> screen(Stage.Received received, PolicySnapshot policy) {
        return screening.screen(received, policy.document());
    }

    /// Which route is it for, and where does that lead?
    private Step<Stage.Routed> route(Stage.Screened screened, PolicySnapshot policy) {
        var route = policy.document().routes().get(screened.routeName());
        if (route == null) {
            return refused(screened, new Refusal.UnknownRoute(screened.routeName()));
        }
        if (route.authentication() == Route.Authentication.OPEN && !config.mayServeOpenRoutes()) {
            return refused(screened, new Refusal.OpenRouteExposed(route.name()));
        }
        return upstream(route)
                .<Step<Stage.Routed>>map(uri -> new Step.Passed<>(new Stage.Routed(screened, route, uri, policy)))
                .orElseGet(() -> refused(
                        screened, new Refusal.UpstreamFailed(Refusal.Failure.NOT_CONFIGURED, Optional.empty())));
    }

    /// Does it only ask what the endpoint is? That is told to anybody.
    private Step<Stage.Routed> describe(Stage.Routed routed, Executor loop) {
        if (routed.screened().verb() != Verb.METADATA) {
            return new Step.Passed<>(routed);
        }
        return new Step.Awaiting<>(routed, metadata.of(routed).thenApplyAsync(found -> described(routed, found), loop));
    }

    private static Step<Stage.Routed> described(Stage.Routed routed, EndpointMetadata.Found found) {
        return switch (found) {
            case EndpointMetadata.Found.Published published -> new Step.Answered<>(routed, published.answer());
            case EndpointMetadata.Found.None none -> refused(routed, new Refusal.UnknownPath());
            case EndpointMetadata.Found.Unavailable unavailable ->
                refused(routed, new Refusal.UpstreamFailed(unavailable.failure(), Optional.empty()));
        };
    }

    /// Who is it? Asked before the body is read.
    private Step<Stage.Identified> identify(Stage.Routed routed, Executor loop) {
        var screened = routed.screened();
        var presented = new Presented(
                screened.received().headers(),
                screened.received().peer(),
                routed.route(),
                routed.upstream(),
                screened.endpoint().publicUrl());
        return identified(routed, authenticator.identify(presented), loop);
    }

    private Step<Stage.Identified> identified(Stage.Routed routed, Identification identification, Executor loop) {
        return switch (identification) {
            case Identification.Known known -> connect(routed, known.caller(), loop);
            case Identification.Unknown unknown -> unidentified(routed, unauthenticated(routed, unknown.fault()), loop);
            case Identification.Unverifiable unverifiable ->
                unidentified(routed, new Refusal.Unverifiable(unverifiable.issuer()), loop);
            case Identification.Throttled throttled ->
                unidentified(routed, new Refusal.Throttled(throttled.retryAfter()), loop);
            case Identification.Pending pending ->
                new Step.Awaiting<>(
                        routed, pending.settled().thenApplyAsync(settled -> afterWait(routed, settled, loop), loop));
        };
    }

    /// While something was fetched, the policy may have changed: then the head is admitted again, so that
    /// nobody gets in by being slow to identify.
    private Step<Stage.Identified> afterWait(Stage.Routed routed, Identification settled, Executor loop) {
        return isCurrent(routed)
                ? identified(routed, settled, loop)
                : admitHead(routed.screened().received(), loop);
    }

    /// Who may not connect whoever they are is told that, and not to sign in; from outside of the allowed
    /// networks nobody learns whether a key is good.
    private Step<Stage.Identified> unidentified(Stage.Routed routed, Refusal otherwise, Executor loop) {
        var begin = System.nanoTime();
        var input = PolicyQuestions.connection(routed, new Caller.Anonymous(), Optional.empty());
        return Step.of(
                routed,
                PolicyGate.ask(routed.policy().decisionPoint(), input, loop)
                        .map(answer -> unidentified(routed, otherwise, answer, begin)));
    }

    private static Step<Stage.Identified> unidentified(
            Stage.Routed routed, Refusal otherwise, PolicyGate.Answer answer, long begin) {
        var forEverybody = answer instanceof PolicyGate.Answer.Denied denied
                ? routed.policy().forEverybody(denied.decision())
                : Optional.<Decision.Deny>empty();
        return refused(
                routed,
                forEverybody
                        .<Refusal>map(decision ->
                                new Refusal.ConnectionDenied(decision, microsSince(begin), Optional.empty()))
                        .orElse(otherwise));
    }

    /// May they talk to this route from where they are?
    private Step<Stage.Identified> connect(Stage.Routed routed, Caller caller, Executor loop) {
        var received = routed.screened().received();
        var session = bindings.claim(Bindings.holder(routed, caller.facts()), received.headers());
        var software = session.software();
        var input = PolicyQuestions.connection(routed, caller, software);
        var begin = System.nanoTime();
        var connected = PolicyGate.ask(routed.policy().decisionPoint(), input, loop)
                .<Step<Stage.Identified>>map(answer -> switch (answer) {
                    case PolicyGate.Answer.Admitted admitted ->
                        new Step.Passed<>(new Stage.Identified(
                                routed, caller, session, software, input, admitted.permit(), microsSince(begin)));
                    case PolicyGate.Answer.Denied denied ->
                        refused(
                                routed,
                                new Refusal.ConnectionDenied(
                                        denied.decision(), microsSince(begin), Optional.of(caller)));
                    case PolicyGate.Answer.Undecided undecided ->
                        refused(
                                routed,
                                new Refusal.Undecided(undecided.decision().reason(), Optional.empty()));
                });
        return answered(routed, caller, routed, connected, () -> admitHead(received, loop));
    }

    private Refusal unauthenticated(Stage.Routed routed, Identification.Fault fault) {
        return new Refusal.Unauthenticated(
                fault,
                routed.screened().endpoint().metadataUrl(),
                routed.route().authentication() == Route.Authentication.GATEWAY ? scope : "");
    }

    /// Was its session taken back? Then the client begins another one, or gives up.
    private Step<Stage.Identified> checkSession(Stage.Identified identified) {
        return validity.ofSession(identified)
                ? new Step.Passed<>(identified)
                : refused(identified, new Refusal.SessionRevoked(false, Optional.empty()));
    }

    /// GET and DELETE exist in the legacy era only, and only for who has a session or says a version.
    private Step<Stage.Identified> checkTransport(Stage.Identified identified, Executor loop) {
        var screened = identified.routed().screened();
        var headers = screened.received().headers();
        if (screened.verb() == Verb.POST) {
            return new Step.Passed<>(identified);
        }
        var version = new MirroredHeaders(headers).version();
        var isBare = version.isEmpty() && !headers.has("mcp-session-id");
        if (screened.verb() == Verb.GET && isBare) {
            return bareGet(identified, loop);
        }
        if (version.filter(Era.MODERN::has).isPresent()) {
            return refused(identified, new Refusal.NoSuchStream());
        }
        if (version.isPresent()
                && (!Era.LEGACY.has(version.get())
                        || headers.all(MirroredHeaders.VERSION).size() > 1)) {
            return refused(
                    identified,
                    new Refusal.NotMcp(McpProblem.UnsupportedVersion.ofHeader(version.get(), Optional.empty())));
        }
        return identified.session() instanceof SessionClaim.Foreign
                ? refused(identified, new Refusal.NotYours(Seals.Kind.SESSION, Optional.empty()))
                : new Step.Passed<>(identified);
    }

    /// With a bare GET clients find out what they are talking to. There is no stream for it; but who has
    /// to sign in at the upstream, and shows nothing yet, hears where.
    private Step<Stage.Identified> bareGet(Stage.Identified identified, Executor loop) {
        var routed = identified.routed();
        var mayHaveToSignIn = routed.route().authentication() == Route.Authentication.PASSTHROUGH
                && routed.screened().received().headers().fields().stream()
                        .noneMatch(field -> CredentialFields.contain(field.name()));
        if (!mayHaveToSignIn) {
            return refused(identified, new Refusal.NoSuchStream());
        }
        return new Step.Awaiting<>(
                identified,
                metadata.of(routed)
                        .thenApplyAsync(
                                found -> refused(
                                        identified,
                                        found instanceof EndpointMetadata.Found.Published
                                                ? unauthenticated(routed, Identification.Fault.NO_CREDENTIAL)
                                                : new Refusal.NoSuchStream()),
                                loop));
    }

    /// May this message pass?
    private Step<Stage.Decided> decide(Stage.Decoded decoded, byte[] body, Executor loop) {
        var identified = decoded.identified();
        var input = PolicyQuestions.message(decoded, policyNow.clock().instant());
        var begin = System.nanoTime();
        var answer = PolicyGate.ask(identified.routed().policy().decisionPoint(), input, loop)
                .then(found -> decided(decoded, input, found, identified.decisionMicros() + microsSince(begin), loop));
        return answered(decoded, identified.caller(), identified.routed(), answer, () -> judge(identified, body, loop));
    }

    private Eventual<Step<Stage.Decided>> decided(
            Stage.Decoded decoded, PolicyInput input, PolicyGate.Answer answer, long micros, Executor loop) {
        return switch (answer) {
            case PolicyGate.Answer.Admitted admitted ->
                capabilities
                        .withoutForbidden(decoded, input, loop)
                        .map(told -> new Step.Passed<>(new Stage.Decided(
                                decoded.identified(), Optional.of(told), input, admitted.permit(), micros)));
            case PolicyGate.Answer.Denied denied ->
                Eventual.now(refused(
                        new Stage.Asked(decoded, input),
                        new Refusal.MessageDenied(denied.decision(), decoded.era(), decoded.message(), micros)));
            case PolicyGate.Answer.Undecided undecided ->
                Eventual.now(refused(
                        new Stage.Asked(decoded, input),
                        new Refusal.Undecided(
                                undecided.decision().reason(),
                                Optional.of(new Refusal.Asked(decoded.era(), decoded.message())))));
        };
    }

    private Optional<URI> upstream(Route route) {
        return switch (route.upstream()) {
            case Route.Upstream.Remote remote -> Optional.of(remote.uri());
            case Route.Upstream.Sandbox sandbox -> config.upstreams().sandbox(route.name());
        };
    }

    private static long microsSince(long begin) {
        return (System.nanoTime() - begin) / 1000;
    }

    private static <S extends Stage> Step<S> refused(Stage last, Refusal refusal) {
        return new Step.Refused<>(last, refusal);
    }
}
