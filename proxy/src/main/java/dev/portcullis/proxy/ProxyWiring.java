package dev.portcullis.proxy;

import dev.portcullis.configuration.Secret;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.engine.OpaClient;
import dev.portcullis.policy.engine.OpaSettings;
import dev.portcullis.proxy.address.ClientAddresses;
import dev.portcullis.proxy.audit.Anchoring;
import dev.portcullis.proxy.audit.AuditTrail;
import dev.portcullis.proxy.audit.ChainWriter;
import dev.portcullis.proxy.audit.Checkpointer;
import dev.portcullis.proxy.audit.FileAnchor;
import dev.portcullis.proxy.audit.WebhookAnchor;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.catalog.CatalogFollower;
import dev.portcullis.proxy.catalog.CatalogWriter;
import dev.portcullis.proxy.catalog.ToolCatalog;
import dev.portcullis.proxy.config.EngineSettings;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.exchange.AdmissionFlow;
import dev.portcullis.proxy.exchange.AskedFacts;
import dev.portcullis.proxy.exchange.Bindings;
import dev.portcullis.proxy.exchange.PolicyNow;
import dev.portcullis.proxy.exchange.ServerMessages;
import dev.portcullis.proxy.exchange.ToolHeaders;
import dev.portcullis.proxy.exchange.Validity;
import dev.portcullis.proxy.http.CrossOrigin;
import dev.portcullis.proxy.http.LoopMark;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Authenticator;
import dev.portcullis.proxy.identity.Revocations;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.management.KillEndpoint;
import dev.portcullis.proxy.management.KillGuard;
import dev.portcullis.proxy.management.ManagementServer;
import dev.portcullis.proxy.management.ReplicaChecks;
import dev.portcullis.proxy.oauth.Challenges;
import dev.portcullis.proxy.oauth.ResourceMetadata;
import dev.portcullis.proxy.oauth.UpstreamMetadata;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.server.ExchangeServices;
import dev.portcullis.proxy.server.OpenExchanges;
import dev.portcullis.proxy.server.ProxyServer;
import dev.portcullis.proxy.server.Transport;
import dev.portcullis.proxy.sync.ApiKeyFollower;
import dev.portcullis.proxy.sync.CredentialFollower;
import dev.portcullis.proxy.sync.Database;
import dev.portcullis.proxy.sync.LocalKills;
import dev.portcullis.proxy.sync.PolicyCompiler;
import dev.portcullis.proxy.sync.PolicySubscription;
import dev.portcullis.proxy.sync.ReplicaCondition;
import dev.portcullis.proxy.sync.RevocationFollower;
import dev.portcullis.proxy.sync.SealKey;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import dev.portcullis.proxy.telemetry.Reading;
import dev.portcullis.proxy.tls.ListenerTls;
import dev.portcullis.proxy.tls.UpstreamTls;
import dev.portcullis.proxy.upstream.Forwarder;
import dev.portcullis.proxy.upstream.NameServers;
import dev.portcullis.proxy.upstream.credential.UpstreamCredentials;
import dev.portcullis.secrets.MasterKey;
import io.netty.channel.ReflectiveChannelFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Makes the parts of a replica and joins them, in the order they depend on each other. Every part is
/// made here and handed over by constructor.
final class ProxyWiring {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ProxyConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    ProxyWiring(ProxyConfig config) {
        this.config = config;
    }

    RunningProxy start() throws IOException, InterruptedException {
        var metrics = begun(new ProxyMetrics());
        var database = new Database(config.database());
        var names = names();
        var outbound = outbound(names);
        var chain = chain(database, outbound, metrics);
        var longest = config.limits().streams().total();
        var audit = begun(RoomForTheJournal.await(
                config,
                metrics,
                () -> AuditTrail.start(config.audit(), config.replica(), longest, database, chain, clock, metrics)));
        var transport = begun(Transport.start(Math.max(2, Runtime.getRuntime().availableProcessors())));
        var waiting = waiting();
        var keys = new ApiKeys(clock);
        var revocations = new Revocations(clock);
        var credentials = new UpstreamCredentials(outbound, clock, waiting, metrics::tokenFetched);
        var kills = config.management()
                .kills()
                .map(settings -> LocalKills.in(settings.file(), clock))
                .orElseGet(LocalKills::none);
        var opa = opa(metrics);
        var policy = new PolicySubscription(
                database, config.replica(), compiler(opa, transport.threads() + 1), kills, clock, metrics);
        policy.follow(new ApiKeyFollower(keys, masterKey(), clock));
        policy.follow(new RevocationFollower(revocations));
        var credentialFollower = new CredentialFollower(credentials, masterKey());
        policy.follow(credentialFollower);
        var catalog = catalog(database, policy, metrics);
        metrics.watch(Reading.API_KEYS, keys::size);
        metrics.watch(Reading.CREDENTIAL_LOADS, credentialFollower::loads);
        policy.start(PATIENCE);
        begun(policy);
        var sealKey = SealKey.of(database);
        var authenticator = new Authenticator(config.identity(), keys, revocations, outbound, clock, waiting, sealKey);
        var validity = new Validity(authenticator, revocations);
        var exchanges = new OpenExchanges(config.limits(), validity, clock);
        // None is open yet, so none has missed a change.
        policy.onChange(exchanges::obey);
        policy.acknowledgeWith(exchanges::cutBy);
        var tls = tls(metrics);
        policy.reportWith(() -> new ReplicaCondition(audit.health().fill(), tls.map(ListenerTls::expiresAt)));
        var bindings = new Bindings(new Seals(sealKey));
        var loopMark = LoopMark.of(sealKey);
        var upstreamMetadata = new UpstreamMetadata(outbound, waiting);
        var limits = limits(database, metrics);
        var services = services(
                transport,
                audit,
                exchanges,
                authenticator,
                validity,
                credentials,
                upstreamMetadata,
                names,
                policy,
                bindings,
                catalog,
                loopMark,
                limits,
                new AskedFacts(new ValueDigests(sealKey)),
                metrics);
        begun(() -> exchanges.awaitEnd(LAST_WORDS));
        var server = begun(ProxyServer.listen(
                config.listen(), transport, services, tls, config.addresses().proxyProtocol()));
        // Last, so that a replica that says it is ready can be connected to.
        var management = begun(ManagementServer.start(
                config.management().listen(),
                ReplicaChecks.of(policy, audit, chain, limits, opa.map(asked -> asked::health)),
                metrics,
                config.management()
                        .kills()
                        .map(settings -> new KillEndpoint(new KillGuard(settings), kills, policy::current))));
        return new RunningProxy(server, management.port(), List.copyOf(started));
    }

    /// Closes what was started when the rest could not be.
    void abandon() {
        Closing.all(List.copyOf(started));
    }

    /// The chain of this replica's records. It outlives the trail, for the last checkpoint.
    private ChainWriter chain(Database database, OutboundHttp outbound, ProxyMetrics metrics) throws IOException {
        var settings = config.chain();
        var key = settings.key().isPresent() ? SigningKey.at(settings.key().get()) : SigningKey.generate();
        var anchors = new ArrayList<Anchoring>();
        settings.anchorFile()
                .map(FileAnchor::new)
                .ifPresent(
                        anchor -> anchors.add(begun(Anchoring.start(anchor, "file", anchor.place(), database, clock))));
        settings.webhook()
                .map(address -> new WebhookAnchor(outbound, address, settings.webhookToken()))
                .ifPresent(anchor ->
                        anchors.add(begun(Anchoring.start(anchor, "webhook", anchor.place(), database, clock))));
        var chain = new ChainWriter(config.replica(), clock);
        begun(Checkpointer.start(chain, settings, key, config.replica(), database, anchors, clock, metrics));
        return chain;
    }

    private ExchangeServices services(
            Transport transport,
            AuditTrail audit,
            OpenExchanges exchanges,
            Authenticator authenticator,
            Validity validity,
            UpstreamCredentials credentials,
            UpstreamMetadata upstreamMetadata,
            NameService names,
            PolicySubscription policy,
            Bindings bindings,
            ToolCatalog catalog,
            LoopMark loopMark,
            CallLimits limits,
            AskedFacts asked,
            ProxyMetrics metrics)
            throws IOException {
        var toolHeaders = new ToolHeaders();
        var policyNow = new PolicyNow(policy::current, clock);
        return new ExchangeServices(
                config.limits(),
                addresses(metrics),
                new CrossOrigin(config.allowedOrigins()),
                new AdmissionFlow(
                        config,
                        loopMark,
                        policyNow,
                        authenticator,
                        validity,
                        bindings,
                        toolHeaders,
                        catalog,
                        new ResourceMetadata(config.identity(), upstreamMetadata),
                        limits),
                new ServerMessages(policyNow, bindings, toolHeaders, catalog),
                bindings,
                new Challenges(upstreamMetadata),
                new Forwarder(
                        config.upstreams(),
                        config.limits(),
                        UpstreamTls.trusting(config.upstreams().authorities()),
                        new ReflectiveChannelFactory<>(transport.clientChannel()),
                        names,
                        credentials,
                        loopMark),
                audit,
                asked,
                exchanges,
                metrics,
                clock);
    }

    /// The OPA server that decides, when one does.
    private Optional<OpaClient> opa(ProxyMetrics metrics) throws IOException {
        if (!(config.engine() instanceof EngineSettings.Opa server)) {
            return Optional.empty();
        }
        var opa = begun(new OpaClient(
                new OpaSettings(
                        server.url(),
                        server.token().map(Secret::reveal),
                        Optional.of(UpstreamTls.ofJava(server.authorities())),
                        server.timeout(),
                        server.connections(),
                        server.answerBytes()),
                metrics::opaAsked));
        metrics.watch(Reading.OPA_IN_FLIGHT, () -> opa.health().inFlight());
        metrics.watch(Reading.OPA_GIVEN_UP, () -> opa.health().givenUp() ? 1 : 0);
        return Optional.of(opa);
    }

    private PolicyCompiler compiler(Optional<OpaClient> opa, int evaluators) {
        var budget = config.policy().ownRulesBudget();
        return opa.map(asked -> PolicyCompiler.opa(asked, evaluators, budget))
                .orElseGet(() -> PolicyCompiler.embedded(evaluators, budget));
    }

    private ToolCatalog catalog(Database database, PolicySubscription policy, ProxyMetrics metrics) {
        var catalog = new ToolCatalog(clock);
        var writer = begun(CatalogWriter.start(catalog, database));
        policy.follow(new CatalogFollower(catalog, clock));
        metrics.watch(Reading.CATALOG_TOOLS, catalog::size);
        metrics.watch(Reading.CATALOG_DROPPED, () -> catalog.dropped() + writer.refused());
        metrics.watch(Reading.CATALOG_FAILURES, writer::failures);
        return catalog;
    }

    private Optional<ListenerTls> tls(ProxyMetrics metrics) throws IOException {
        return config.tls().isPresent()
                ? Optional.of(begun(ListenerTls.start(config.tls().get(), clock, metrics)))
                : Optional.empty();
    }

    private CallLimits limits(Database database, ProxyMetrics metrics) {
        var limits = begun(CallLimits.start(config.callLimits(), database, metrics::limitAsked));
        metrics.watch(Reading.LIMIT_STORE_AWAY, () -> limits.health().trouble().isPresent() ? 1 : 0);
        metrics.watch(Reading.LIMIT_STORE_FAILURES, () -> limits.health().failures());
        metrics.watch(Reading.LIMIT_WAITING, () -> limits.health().waiting());
        return limits;
    }

    private ClientAddresses addresses(ProxyMetrics metrics) {
        var addresses = new ClientAddresses(config.addresses());
        metrics.watch(Reading.FORWARDING_IGNORED, addresses::ignored);
        return addresses;
    }

    private NameService names() {
        var system = NameService.ofSystem(resolverThreads());
        var servers = config.upstreams().nameServers();
        return servers.isEmpty() ? system : begun(new NameServers(servers, system));
    }

    private OutboundHttp outbound(NameService names) throws IOException {
        return begun(new OutboundHttp(
                config.upstreams(), names, UpstreamTls.ofJava(config.upstreams().authorities())));
    }

    private Optional<MasterKey> masterKey() {
        return config.secretsKey().map(MasterKey::read);
    }

    /// For what the gateway itself has to wait for.
    private ExecutorService waiting() {
        return begun(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("waiting-", 0).factory()));
    }

    private ExecutorService resolverThreads() {
        return begun(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("resolver-", 0).factory()));
    }

    /// Remembers a part, so that the last one started is the first one closed.
    private <P extends AutoCloseable> P begun(P part) {
        started.addFirst(part);
        return part;
    }
}
