package dev.portcullis.console.routes;

import dev.portcullis.console.policy.ReadDocuments;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.document.Route;
import org.springframework.stereotype.Component;

import java.util.Map;

/// The routes of the policy in force, for services; it asks for no role.
@Component
public class RouteDirectory {
    private final PolicyQuery policy;
    private final ReadDocuments documents;

    RouteDirectory(PolicyQuery policy, ReadDocuments documents) {
        this.policy = policy;
        this.documents = documents;
    }

    /// By name, in the document's order; none while nothing has been published.
    public Map<String, Route> inForce() {
        return policy.published()
                .map(version -> documents.read(version.document()))
                .map(read -> switch (read) {
                    case ReadResult.Valid valid -> valid.document().routes();
                    case ReadResult.Invalid _ -> Map.<String, Route>of();
                })
                .orElseGet(Map::of);
    }
}
