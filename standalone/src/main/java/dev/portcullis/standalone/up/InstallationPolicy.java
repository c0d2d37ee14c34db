package dev.portcullis.standalone.up;

import dev.portcullis.console.policy.ApprovalNeededException;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.Publication;
import dev.portcullis.console.policy.query.PolicyQuery;
import dev.portcullis.console.policy.store.PolicyStore;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.policy.document.DocumentEditor;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.document.Route;
import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

/// Puts the policy in force that an installation starts with, and the routes that `--upstream` names; those
/// have to be in the document already where a repository owns it.
record InstallationPolicy(DataSource database, PolicyOwner owner) {
    private static final String AUTHOR = "portcullis up";
    private static final String PORT = "port";
    private static final String GENERIC = "generic";
    private static final Set<String> ROUTES_TO_PORT = Set.of("port-eu", "port-us");

    /// What is in force afterwards.
    ///
    /// @param isTheUsualOne whether it was put in force just now and is not one the operator wrote
    record InForce(long version, PolicyDocument document, boolean isTheUsualOne) {}

    /// At the first start publishes `file`, or else the usual document, with the routes of `upstreams`.
    /// Later publishes only what `upstreams` changes, and nothing when that is nothing.
    ///
    /// @throws CannotStart when that is something, and a repository owns the document
    InForce apply(Optional<PolicyFile> file, List<Upstream> upstreams) {
        var published = new PolicyQuery(database).published();
        return published.isPresent() ? update(published.get(), upstreams) : first(file, upstreams);
    }

    private InForce first(Optional<PolicyFile> file, List<Upstream> upstreams) {
        var text = withRoutes(file.map(PolicyFile::text).orElseGet(InstallationPolicy::usual), upstreams);
        var version = FirstStart.publishFirst(database, text, "First start");
        return new InForce(version, document(text), file.isEmpty());
    }

    private InForce update(PolicyVersion published, List<Upstream> upstreams) {
        var text = withRoutes(published.document(), upstreams);
        if (text.equals(published.document())) {
            return new InForce(published.version(), document(text), false);
        }
        var names = String.join(", ", upstreams.stream().map(Upstream::route).toList());
        if (owner instanceof PolicyOwner.Git(var repository)) {
            throw new CannotStart("--upstream " + names + ": the policy document lives in " + repository
                    + ", and has other routes. Change them there.");
        }
        var publication = Publication.of(text, "Routes given by --upstream: " + names, AUTHOR);
        try {
            var version = new PolicyStore(database).publish(publication, Expectation.of(published.tag()));
            return new InForce(version, document(text), false);
        } catch (ApprovalNeededException e) {
            throw new CannotStart(
                    "--upstream " + names
                            + ": a second person has to approve what is published. Propose these routes in"
                            + " the console, and start without --upstream.",
                    e);
        }
    }

    /// @throws CannotStart when the document is written so that a route cannot be put into it
    private static String withRoutes(String text, List<Upstream> upstreams) {
        var result = text;
        for (var upstream : upstreams) {
            result = withRoute(result, upstream);
        }
        return result;
    }

    private static String withRoute(String text, Upstream upstream) {
        var route = route(upstream);
        if (route.equals(document(text).routes().get(route.name()))) {
            return text;
        }
        try {
            return DocumentEditor.withRoute(
                    text, route.name(), upstream.uri(), route.authentication(), route.profile());
        } catch (IllegalArgumentException e) {
            throw new CannotStart("--upstream " + route.name() + "=" + upstream.uri() + ": " + e.getMessage(), e);
        }
    }

    /// An encrypted upstream gets the client's own credentials; one in clear text must never.
    private static Route route(Upstream upstream) {
        return new Route(
                upstream.route(),
                new Route.Upstream.Remote(upstream.uri()),
                ROUTES_TO_PORT.contains(upstream.route()) ? PORT : GENERIC,
                upstream.isEncrypted() ? Route.Authentication.PASSTHROUGH : Route.Authentication.OPEN);
    }

    private static PolicyDocument document(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new CannotStart("The policy in force is not valid: "
                        + invalid.errors().getFirst().describe());
        };
    }

    private static String usual() {
        try (var text = InstallationPolicy.class.getResourceAsStream("starting-policy.yaml")) {
            if (text == null) {
                throw new IllegalStateException("starting-policy.yaml (expected: beside this class)");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
