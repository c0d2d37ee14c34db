package dev.portcullis.proxy.audit;

import dev.portcullis.configuration.Secret;
import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.outbound.Reach;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Posts checkpoints, each as a JSON object of its own. Whoever receives them may get one twice.
public record WebhookAnchor(OutboundHttp outbound, URI address, Optional<Secret> token) implements Anchor {

    /// Where it is, for evidence: no path, which may be a secret.
    public String place() {
        return "webhook " + address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    @Override
    public void keep(Checkpoint checkpoint) throws IOException {
        var headers = new HeaderFields(
                token.map(secret -> new HeaderFields.Field("authorization", "Bearer " + secret.reveal())).stream()
                        .toList());
        var reply = outbound.post(
                address, Reach.NAMED, "application/json", checkpoint.json().getBytes(StandardCharsets.UTF_8), headers);
        if (reply.status() / 100 != 2) {
            throw new IOException("the webhook answered " + reply.status());
        }
    }
}
