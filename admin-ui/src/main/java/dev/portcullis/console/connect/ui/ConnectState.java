package dev.portcullis.console.connect.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.connect.ConnectChoice;
import dev.portcullis.console.connect.ConnectClient;
import dev.portcullis.console.connect.Proof;

import java.util.LinkedHashMap;
import java.util.Optional;

/// The choice as it stands in the URL.
record ConnectState(ConnectClient client, Optional<String> route, Optional<Proof> proof, boolean isReadOnly) {

    static ConnectState of(QueryParameters parameters) {
        return new ConnectState(
                parameters
                        .getSingleParameter("client")
                        .flatMap(ConnectClient::named)
                        .orElse(ConnectClient.CURSOR),
                parameters.getSingleParameter("route"),
                parameters.getSingleParameter("credential").flatMap(Proof::named),
                parameters.getSingleParameter("readOnly").filter("true"::equals).isPresent());
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("client", client.wireName());
        route.ifPresent(name -> parameters.put("route", name));
        proof.ifPresent(shown -> parameters.put("credential", shown.wireName()));
        if (isReadOnly) {
            parameters.put("readOnly", "true");
        }
        return QueryParameters.simple(parameters);
    }

    ConnectState with(ConnectClient other) {
        return new ConnectState(other, route, proof, isReadOnly);
    }

    /// What a route takes differs.
    ConnectState withRoute(String other) {
        return new ConnectState(client, Optional.of(other), Optional.empty(), isReadOnly);
    }

    ConnectState with(Proof other) {
        return new ConnectState(client, route, Optional.of(other), isReadOnly);
    }

    ConnectState withReadOnly(boolean wanted) {
        return new ConnectState(client, route, proof, wanted);
    }

    ConnectChoice choice(String routeName) {
        return new ConnectChoice(client, routeName, proof, isReadOnly);
    }
}
