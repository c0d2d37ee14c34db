package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;
import tools.jackson.core.JsonGenerator;

import java.util.Collection;
import java.util.List;

/// One rule as the policy reads it.
final class RuleData {
    private final Rule rule;
    private final Collection<String> routes;

    /// @param routes the names of all routes of the document
    RuleData(Rule rule, Collection<String> routes) {
        this.rule = rule;
        this.routes = routes;
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
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
                "exceptsTools", rule.except().filter(Questions::areAboutTools).isPresent());
        json.writeArrayPropertyStart("asked");
        Questions.putTo(rule).forEach(kind -> json.writeString(kind.wireName()));
        json.writeEndArray();
        json.writeObjectPropertyStart("denial");
        json.writeStringProperty("rule", rule.id());
        json.writeStringProperty("restriction", rule.restriction().key());
        rule.message().ifPresent(message -> json.writeStringProperty("message", message));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, Restriction restriction) {
        switch (restriction) {
            case Restriction.AllowedActions(var actions) -> Matchers.set(json, "values", actions);
            case Restriction.AllowedTools(var tools) -> Matchers.names(json, "values", tools);
            case Restriction.DeniedTools(var tools) -> Matchers.names(json, "values", tools);
            case Restriction.AllowedNetworks(var networks) -> Matchers.networks(json, "values", networks);
            case Restriction.AllowedDomains(var domains) -> Matchers.domains(json, "values", domains);
            case Restriction.BlockedDomains(var domains) -> Matchers.domains(json, "values", domains);
            case Restriction.ReadOnly unvalued -> {}
            case Restriction.PinnedTools unvalued -> {}
            case Restriction.Limit counted -> {}
            case Restriction.Redact redact -> places(json, redact);
            case Restriction.RecordResult(var bytes) -> {
                json.writeObjectPropertyStart("values");
                json.writeNumberProperty("maxBytes", bytes);
                json.writeEndObject();
            }
            case Restriction.Deny unvalued -> {}
        }
    }

    private static void places(JsonGenerator json, Restriction.Redact redact) {
        json.writeObjectPropertyStart("values");
        pointers(json, "arguments", redact.arguments());
        pointers(json, "results", redact.results());
        json.writeStringProperty("keep", redact.keep().wireName());
        json.writeEndObject();
    }

    private static void pointers(JsonGenerator json, String name, List<PointerPattern> pointers) {
        json.writeArrayPropertyStart(name);
        pointers.forEach(pointer -> json.writeString(pointer.pattern()));
        json.writeEndArray();
    }

    /// @param exception whether the condition widens. A client's name is only its own claim, so it never
    ///     does
    private void condition(JsonGenerator json, Condition condition, boolean exception) {
        json.writeObjectPropertyStart("who");
        condition.routes().ifPresent(globs -> Matchers.set(json, "routes", Matchers.named(globs, routes)));
        condition.groups().ifPresent(globs -> Matchers.names(json, "groups", globs));
        condition.callers().ifPresent(globs -> Matchers.names(json, "callers", globs));
        condition.clients().ifPresent(globs -> Matchers.names(json, "clients", exception ? List.<Glob>of() : globs));
        condition.networks().ifPresent(networks -> Matchers.networks(json, "networks", networks));
        condition.time().ifPresent(window -> json.writeStringProperty("time", ResolvedConditions.nameOf(window)));
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
        condition.prompts().ifPresent(globs -> Matchers.names(json, "prompts", globs));
        condition.uris().ifPresent(globs -> Matchers.names(json, "uris", globs));
        condition.arguments().ifPresent(tests -> {
            json.writeArrayPropertyStart("arguments");
            tests.forEach((pointer, test) -> json.writeString(ResolvedConditions.nameOf(pointer, test, exception)));
            json.writeEndArray();
        });
        json.writeEndObject();
    }
}
