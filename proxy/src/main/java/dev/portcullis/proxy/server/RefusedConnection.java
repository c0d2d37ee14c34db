package dev.portcullis.proxy.server;

import dev.portcullis.proxy.address.ClientAddresses;
import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Ending;
import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.ExchangeRecord;
import dev.portcullis.proxy.exchange.KeptAnswer;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A connection that is closed before there is a request: nobody can be answered, but it is counted, in
/// the log, and on record like every other refusal.
final class RefusedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedConnection.class);

    private RefusedConnection() {}

    /// Notes it, and closes the connection.
    ///
    /// @param detail for the log; the other side may have had a say in it
    static void close(Channel channel, Refusal.ConnectionRefused refusal, String detail, ExchangeServices services) {
        var client = ClientAddresses.normalized(ProxyLine.addressOf(channel));
        var now = services.clock().instant();
        var received = new Stage.Received(
                ExchangeId.next(services.clock()),
                now,
                "-",
                "",
                new HeaderFields(List.of()),
                new Peer(client, "-", Optional.empty(), Optional.empty()));
        LOG.atInfo()
                .addKeyValue("exchange", received.exchange())
                .addKeyValue("client", client.getHostAddress())
                .addKeyValue("refusal", refusal.key())
                .addKeyValue("detail", detail)
                .log("connection refused");
        services.metrics().connectionRefused(refusal.key());
        services.audit()
                .reserve(received.exchange().value(), now)
                .ifPresent(slot -> slot.complete(ExchangeRecord.of(
                        received,
                        new Ending(
                                now,
                                Outcome.REFUSED,
                                Optional.of(refusal),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                0,
                                0,
                                0,
                                KeptAnswer.none()),
                        services.asked())));
        channel.close();
    }
}
