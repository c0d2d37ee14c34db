package dev.portcullis.policy.engine;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Restriction.AllowedActions;
import dev.portcullis.policy.document.Restriction.AllowedDomains;
import dev.portcullis.policy.document.Restriction.AllowedNetworks;
import dev.portcullis.policy.document.Restriction.AllowedTools;
import dev.portcullis.policy.document.Restriction.BlockedDomains;
import dev.portcullis.policy.document.Restriction.DeniedTools;
import dev.portcullis.policy.document.Restriction.Deny;
import dev.portcullis.policy.document.Restriction.ReadOnly;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.profile.Profile;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A document and the kills engaged, in the form the policy reads them as `data.published`: indexed by
/// route and by kind of question, with every pattern in its cheapest form.
public final class PublishedData {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<Condition.Key> ABOUT_TOOLS =
            Set.of(Condition.Key.TOOLS, Condition.Key.CLASSES, Condition.Key.ACTIONS);
    private static final Set<Condition.Key> KNOWN_AT_CONNECTION =
            Set.of(Condition.Key.ROUTES, Condition.Key.NETWORKS, Condition.Key.GROUPS, Condition.Key.CALLERS);

    private final PolicyDocument document;

    private PublishedData(PolicyDocument document) {
        this.document = document;
    }

    /// The whole data document, `{"published": …}`, as JSON.
    public static String write(PolicyDocument document, long version, List<Kill> kills) {
        var data = new PublishedData(document);
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("published");
            json.writeNumberProperty("version", version);
            json.writeStringProperty("organization", document.organization());
            json.writeArrayPropertyStart("order");
            document.rules().forEach(rule -> json.writeString(rule.id()));
            json.writeEndArray();
            json.writeObjectPropertyStart("rules");
            document.rules().forEach(rule -> data.rule(json, rule));
            json.writeEndObject();
            json.writeObjectPropertyStart("routes");
            document.routes().values().forEach(route -> data.route(json, route));
            json.writeEndObject();
            json.writeArrayPropertyStart("kills");
            kills.forEach(kill -> KillData.write(json, kill, document.routes().keySet()));
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void rule(JsonGenerator json, Rule rule) {
        json.writeObjectPropertyStart(rule.id());
        json.writeStringProperty("mode", rule.mode().wireName());
        json.writeStringProperty("restriction", rule.restriction().key());
        values(json, rule.restriction());
        json.writeObjectPropertyStart("match");
        condition(json, rule.match(), false);
        json.writeEndObject();
        rule.except().ifPresent(except -> {
            json.writeObjectPropertyStart("except");
            condition(json, except, true);
            json.writeEndObject();
        });
        json.writeBooleanProperty(
                "exceptsTools", rule.except().filter(PublishedData::aboutTools).isPresent());
        json.writeObjectPropertyStart("denial");
        json.writeStringProperty("rule", rule.id());
        json.writeStringProperty("restriction", rule.restriction().key());
        rule.message().ifPresent(message -> json.writeStringProperty("message", message));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, Restriction restriction) {
        switch (restriction) {
            case AllowedActions(var actions) -> Matchers.set(json, "values", actions);
            case AllowedTools(var tools) -> Matchers.names(json, "values", tools);
            case DeniedTools(var tools) -> Matchers.names(json, "values", tools);
            case AllowedNetworks(var networks) -> Matchers.networks(json, "values", networks);
            case AllowedDomains(var domains) -> Matchers.domains(json, "values", domains);
            case BlockedDomains(var domains) -> Matchers.domains(json, "values", domains);
            case ReadOnly unvalued -> {}
            case Deny unvalued -> {}
        }
    }

    /// @param exception whether the condition widens. A client's name is only its own claim, so it
    ///     never does
    private void condition(JsonGenerator json, Condition condition, boolean exception) {
        json.writeObjectPropertyStart("who");
        condition
                .routes()
                .ifPresent(globs -> Matchers.set(
                        json, "routes", Matchers.named(globs, document.routes().keySet())));
        condition.groups().ifPresent(globs -> Matchers.names(json, "groups", globs));
        condition.callers().ifPresent(globs -> Matchers.names(json, "callers", globs));
        condition.clients().ifPresent(globs -> Matchers.names(json, "clients", exception ? List.of() : globs));
        condition.networks().ifPresent(networks -> Matchers.networks(json, "networks", networks));
        json.writeEndObject();
        json.writeObjectPropertyStart("what");
        condition.methods().ifPresent(globs -> Matchers.names(json, "methods", globs));
        condition.tools().ifPresent(globs -> Matchers.names(json, "tools", globs));
        condition
                .classes()
                .ifPresent(classes -> Matchers.set(
                        json,
                        "classes",
                        classes.stream().map(one -> one.wireName()).toList()));
        condition.actions().ifPresent(globs -> Matchers.names(json, "actions", globs));
        condition.uris().ifPresent(globs -> Matchers.names(json, "uris", globs));
        json.writeEndObject();
    }

    private void route(JsonGenerator json, Route route) {
        json.writeObjectPropertyStart(route.name());
        json.writeBooleanProperty(
                "controlHeaders", Profile.load(route.profile()).definesControlHeaders());
        ids(json, "connection", route, PublishedData::isAskedAboutConnections);
        ids(json, "message", route, PublishedData::isAskedAboutMessages);
        ids(json, "call", route, PublishedData::isAskedAboutCalls);
        json.writeEndObject();
    }

    private void ids(JsonGenerator json, String key, Route route, Predicate<Rule> asked) {
        json.writeArrayPropertyStart(key);
        document.rules().stream()
                .filter(asked)
                .filter(rule -> rule.match()
                        .routes()
                        .map(globs -> globs.stream().anyMatch(glob -> glob.matches(route.name())))
                        .orElse(true))
                .forEach(rule -> json.writeString(rule.id()));
        json.writeEndArray();
    }

    /// Before the body is read only the caller, the address and the route are known. A rule that could
    /// say more, or be excepted, once the message is known waits for it.
    private static boolean isAskedAboutConnections(Rule rule) {
        return isAskedAboutMessages(rule)
                && KNOWN_AT_CONNECTION.containsAll(rule.match().keys())
                && rule.except()
                        .map(Condition::keys)
                        .map(KNOWN_AT_CONNECTION::containsAll)
                        .orElse(true);
    }

    /// A message that names no tool cannot match a condition about tools, and only some restrictions
    /// can refuse it or say something to the upstream with it.
    private static boolean isAskedAboutMessages(Rule rule) {
        return !aboutTools(rule.match())
                && switch (rule.restriction()) {
                    case Deny deny -> true;
                    case AllowedNetworks networks -> true;
                    case AllowedDomains domains -> true;
                    case BlockedDomains domains -> true;
                    case ReadOnly readOnly -> true;
                    case AllowedActions actions -> true;
                    case AllowedTools tools -> false;
                    case DeniedTools tools -> false;
                };
    }

    /// A call names no resource by its URI: the URLs in its arguments are a matter of domains.
    private static boolean isAskedAboutCalls(Rule rule) {
        return rule.match().uris().isEmpty();
    }

    private static boolean aboutTools(Condition condition) {
        return condition.keys().stream().anyMatch(ABOUT_TOOLS::contains);
    }
}
