package dev.portcullis.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.outbound.Reach;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

import javax.net.ssl.SSLContext;

/// Asks a real name server on loopback, which knows what the system's does not.
class NameServersTest {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> asSystem = new CopyOnWriteArrayList<>();
    private Channel server;
    private NameServers names;

    @BeforeEach
    void start() throws Exception {
        server = new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Zone());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        var system = NameService.ofSystem(Runnable::run);
        names = new NameServers(List.of((InetSocketAddress) server.localAddress()), host -> {
            asSystem.add(host);
            return system.addresses(host);
        });
    }

    @AfterEach
    void stop() {
        names.close();
        server.close();
        loops.shutdownGracefully();
    }

    @Test
    void configuredServersAreAskedAndNotTheSystem() throws Exception {
        assertThat(names.addresses("mcp.port.test").get()).containsExactly(InetAddress.ofLiteral("9.9.9.7"));
        assertThat(names.addresses("mcp.port.test").get()).hasSize(1);
        assertThat(asked).as("the second time it is remembered").containsOnlyOnce("mcp.port.test.");
        assertThat(asSystem).isEmpty();
    }

    @Test
    void literalsAndShortNamesAskNoServer() throws Exception {
        assertThat(names.addresses("127.0.0.1").get()).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(names.addresses("localhost").get()).isNotEmpty();
        assertThat(asked).isEmpty();
        assertThat(asSystem).containsExactly("localhost");
    }

    @Test
    void nameThatNobodyKnowsIsUnknown() {
        assertThatThrownBy(() -> names.addresses("nobody.test").get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nameServers");
    }

    @Test
    void upstreamIsFoundThereAndItsAddressJudged() throws Exception {
        // Given
        var addresses = new UpstreamAddresses(Upstreams.defaults(), names);

        // Then
        assertThat(addresses.resolve(origin("http://mcp.port.test:81/v1")).get())
                .isEqualTo(new InetSocketAddress("9.9.9.7", 81));
        assertThatThrownBy(
                        () -> addresses.resolve(origin("http://inside.test/v1")).get())
                .cause()
                .isInstanceOf(UpstreamAddresses.ForbiddenAddress.class);
    }

    /// DNS rebinding: the name leads to a public address once, and inside from then on.
    @ParameterizedTest
    @ValueSource(strings = {"rebinding.test", "rebinding6.test"})
    void nameThatLeadsInsideTheSecondTimeIsNotFollowedThere(String name) throws Exception {
        // Given
        var addresses = new UpstreamAddresses(Upstreams.defaults(), names);
        var origin = origin("http://" + name + ":81/v1");

        // When
        var first = addresses.resolve(origin).get();

        // Then
        assertThat(first.isUnresolved()).as("so that nobody asks again").isFalse();
        assertThat(first.getAddress()).isIn(InetAddress.ofLiteral("9.9.9.9"), InetAddress.ofLiteral("2620:fe::fe"));
        // A record that lasts no time may be remembered for the rest of this moment, address and all.
        await().until(() -> isForbidden(addresses, origin));
        for (var i = 0; i < 3; i++) {
            assertThat(isForbidden(addresses, origin)).isTrue();
        }
    }

    @Test
    void addressInsideIsPassedOverForAPublicOneOfTheSameAnswer() throws Exception {
        assertThat(new UpstreamAddresses(Upstreams.defaults(), names)
                        .resolve(origin("http://mixed.test:81/v1"))
                        .get()
                        .getAddress())
                .isEqualTo(InetAddress.ofLiteral("9.9.9.9"));
    }

    @Test
    void ownRequestsOfTheGatewayGoThereToo() throws Exception {
        // Given
        var upstreams =
                new Upstreams(Optional.empty(), Set.of(), Duration.ofMillis(200), 1, Optional.empty(), List.of());

        // Then
        try (var http = new OutboundHttp(upstreams, names, SSLContext.getDefault())) {
            assertThatThrownBy(() -> http.get(URI.create("https://inside.test/"), Reach.NAMED))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no address that may be connected to");
        }
        assertThat(asked).contains("inside.test.");
    }

    private static boolean isForbidden(UpstreamAddresses addresses, Origin origin) throws InterruptedException {
        try {
            addresses.resolve(origin).get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UpstreamAddresses.ForbiddenAddress;
        }
    }

    private static Origin origin(String url) {
        return Origin.of(URI.create(url), false);
    }

    private final class Zone extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            var response = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
            response.addRecord(DnsSection.QUESTION, question);
            var found = addressesOf(question.name());
            var type = question.type();
            if (found.isEmpty()) {
                response.setCode(DnsResponseCode.NXDOMAIN);
            }
            found.stream().filter(address -> typeOf(address).equals(type)).forEach(address -> {
                asked.add(question.name());
                response.addRecord(
                        DnsSection.ANSWER,
                        new DefaultDnsRawRecord(
                                question.name(),
                                type,
                                ttl(question.name()),
                                Unpooled.wrappedBuffer(address.getAddress())));
            });
            ctx.writeAndFlush(response);
        }

        private DnsRecordType typeOf(InetAddress address) {
            return address instanceof Inet6Address ? DnsRecordType.AAAA : DnsRecordType.A;
        }

        private int ttl(String name) {
            return name.startsWith("rebinding") ? 0 : 60;
        }

        private List<InetAddress> addressesOf(String name) {
            return switch (name) {
                case "mcp.port.test." -> literals("9.9.9.7");
                case "inside.test." -> literals("127.0.0.1");
                case "mixed.test." -> literals("10.0.0.1", "9.9.9.9");
                case "rebinding.test." -> literals(asked.contains(name) ? "10.0.0.1" : "9.9.9.9");
                case "rebinding6.test." -> literals(asked.contains(name) ? "64:ff9b::a00:1" : "2620:fe::fe");
                default -> List.of();
            };
        }

        private List<InetAddress> literals(String... texts) {
            return Arrays.stream(texts).map(InetAddress::ofLiteral).toList();
        }
    }
}
