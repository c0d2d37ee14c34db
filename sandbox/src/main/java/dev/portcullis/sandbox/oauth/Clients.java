package dev.portcullis.sandbox.oauth;

import com.nimbusds.oauth2.sdk.AbstractOptionallyIdentifiedRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.id.ClientID;

import java.time.Clock;
import java.util.Date;
import java.util.Optional;

/// The clients that registered themselves: [#CAPACITY] at most, the least recently used one is forgotten
/// for another. Thread-safe.
final class Clients {

    static final int CAPACITY = 250;

    private final Clock clock;
    private final Bounded<ClientInformation> clients = new Bounded<>(CAPACITY);

    Clients(Clock clock) {
        this.clock = clock;
    }

    /// Gives a client a name, and a secret unless it says that it cannot keep one.
    synchronized ClientInformation register(ClientMetadata metadata) {
        var isPublic = ClientAuthenticationMethod.NONE.equals(metadata.getTokenEndpointAuthMethod());
        var client = new ClientInformation(
                new ClientID(), Date.from(clock.instant()), metadata, isPublic ? null : new Secret());
        clients.put(client.getID().getValue(), client);
        return client;
    }

    synchronized Optional<ClientInformation> find(ClientID id) {
        return clients.find(id.getValue());
    }

    /// The id of the client that sent a request: shown by its secret if it has one, by its name otherwise.
    Optional<String> sender(AbstractOptionallyIdentifiedRequest request) {
        var client = request.getClientAuthentication() instanceof PlainClientSecret shown
                ? find(shown.getClientID())
                        .filter(one -> shown.getClientSecret().equals(one.getSecret()))
                : Optional.ofNullable(request.getClientID()).flatMap(this::find).filter(Clients::isPublic);
        return client.map(one -> one.getID().getValue());
    }

    private static boolean isPublic(ClientInformation client) {
        return Optional.ofNullable(client.getSecret()).isEmpty();
    }
}
