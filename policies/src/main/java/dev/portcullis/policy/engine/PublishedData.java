package dev.portcullis.policy.engine;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Route;
import dev.portcullis.policy.document.Rule;
import dev.portcullis.policy.profile.Profile;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A document and the kills engaged, in the form the policy reads them as `data.published`: indexed by
/// route, by kind of question and by what rules are about, with every pattern in its cheapest form.
public final class PublishedData {
    private static final JsonFactory JSON = new JsonFactory();

    private final PolicyDocument document;
    private final Map<Rule, List<Questions.Kind>> asked;
    private final RuleIndex.Commonness commonness;

    private PublishedData(PolicyDocument document) {
        this.document = document;
        commonness = new RuleIndex.Commonness(document.rules());
        asked = document.rules().stream().distinct().collect(Collectors.toMap(Function.identity(), Questions::putTo));
    }

    /// The whole data document, `{"published": …}`, as JSON.
    public static String write(PolicyDocument document, long version, List<Kill> kills) {
        return write(document, version, kills, false);
    }

    /// The same.
    ///
    /// @param custom whether there are rules of the organization's own beside the document's
    public static String write(PolicyDocument document, long version, List<Kill> kills, boolean custom) {
        var data = new PublishedData(document);
        var routes = document.routes().keySet();
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("published");
            json.writeNumberProperty("version", version);
            json.writeStringProperty("organization", document.organization());
            json.writeBooleanProperty("custom", custom);
            json.writeArrayPropertyStart("rules");
            document.rules().forEach(rule -> new RuleData(rule, routes).write(json));
            json.writeEndArray();
            json.writeObjectPropertyStart("routes");
            document.routes().values().forEach(route -> data.route(json, route));
            json.writeEndObject();
            KillData.write(json, kills, routes);
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void route(JsonGenerator json, Route route) {
        json.writeObjectPropertyStart(route.name());
        json.writeBooleanProperty(
                "controlHeaders", Profile.load(route.profile()).definesControlHeaders());
        for (var kind : Questions.Kind.values()) {
            index(route, kind).write(json, kind.wireName());
        }
        json.writeEndObject();
    }

    private RuleIndex index(Route route, Questions.Kind kind) {
        var index = new RuleIndex(commonness);
        var number = 0;
        for (var rule : document.rules()) {
            if (asked.getOrDefault(rule, List.of()).contains(kind) && isAbout(rule, route)) {
                index.add(number, rule);
            }
            number++;
        }
        return index;
    }

    private static boolean isAbout(Rule rule, Route route) {
        return rule.match()
                .routes()
                .map(globs -> globs.stream().anyMatch(glob -> glob.matches(route.name())))
                .orElse(true);
    }
}
