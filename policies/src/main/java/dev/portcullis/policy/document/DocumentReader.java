package dev.portcullis.policy.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a policy document from YAML or JSON and checks all of it.
///
/// Nothing in a text can make this slow or make it throw: its size, its depth and what its aliases
/// expand to are bounded.
public final class DocumentReader {
    static final String API_VERSION = "portcullis/v1";

    private DocumentReader() {}

    /// Reads `text`; never throws for bad input.
    public static ReadResult read(String text) {
        return read(text, KnownNames.NONE);
    }

    /// The same.
    ///
    /// @param known what the installation has met, for warnings about names it has not
    public static ReadResult read(String text, KnownNames known) {
        return ReadDocument.of(text).comparedWith(known);
    }

    /// What a tree says, without warnings.
    static ReadResult read(YamlText.Root root) {
        var problems = new Problems();
        var document = document(new Place(problems, "", root.node()));
        return document.isEmpty() || problems.any()
                ? new ReadResult.Invalid(true, problems.inOrder())
                : new ReadResult.Valid(document.get(), List.of());
    }

    private static Optional<PolicyDocument> document(Place place) {
        return place.fields("a policy document", List.of("apiVersion", "organization", "routes", "rules", "tools"))
                .map(fields -> {
                    fields.required("apiVersion", "\"" + API_VERSION + "\"").ifPresent(DocumentReader::checkVersion);
                    var organization = fields.required("organization", "the organization's name")
                            .flatMap(name -> name.text(Names.ORGANIZATION));
                    var routes = fields.optional("routes")
                            .map(DocumentReader::routes)
                            .orElseGet(Map::of);
                    var rules = fields.optional("rules").map(RuleReader::rules).orElseGet(List::of);
                    var tools = fields.optional("tools")
                            .map(reviewed -> ToolsReader.tools(reviewed, routes.keySet()))
                            .orElseGet(Map::of);
                    return new PolicyDocument(organization.orElse(""), routes, rules, tools);
                });
    }

    private static void checkVersion(Place place) {
        var expected = "\"" + API_VERSION + "\"";
        place.string(expected)
                .filter(version -> !version.equals(API_VERSION))
                .ifPresent(version -> place.problem(version, expected, Optional.of(API_VERSION)));
    }

    private static Map<String, Route> routes(Place place) {
        var routes = new LinkedHashMap<String, Route>();
        place.entries("a mapping from route names to routes").forEach((name, route) -> {
            if (!Names.ROUTE.accepts(name)) {
                route.problem(name, Names.ROUTE.expected(), Names.ROUTE.nearest(name));
            }
            RouteReader.route(name, route).ifPresent(read -> {
                refuseTakenHosts(route, read, routes);
                routes.put(name, read);
            });
        });
        return routes;
    }

    /// On a host of theirs, routes are told apart by the path alone.
    private static void refuseTakenHosts(Place place, Route route, Map<String, Route> others) {
        for (var host : route.hosts()) {
            others.values().stream()
                    .filter(other ->
                            other.hosts().contains(host) && other.pathOnHosts().equals(route.pathOnHosts()))
                    .findFirst()
                    .ifPresent(other -> place.problem(
                            host,
                            "hosts of its own: route " + other.name() + " answers at " + host + other.pathOnHosts(),
                            Optional.empty()));
        }
    }
}
