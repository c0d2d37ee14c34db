package dev.portcullis.policy.engine;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.DomainPattern;
import dev.portcullis.policy.document.Network;
import tools.jackson.core.JsonGenerator;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Lists of a document in the form the policy compares with fastest: sets as objects, patterns by kind.
final class Matchers {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$-]");

    private Matchers() {}

    /// The names that any of the patterns matches.
    static List<String> named(List<Glob> globs, Collection<String> names) {
        return names.stream()
                .filter(name -> globs.stream().anyMatch(glob -> glob.matches(name)))
                .toList();
    }

    static void set(JsonGenerator json, String key, List<String> members) {
        json.writeObjectPropertyStart(key);
        members.stream().distinct().forEach(member -> json.writeBooleanProperty(member, true));
        json.writeEndObject();
    }

    static void networks(JsonGenerator json, String key, List<Network> networks) {
        set(json, key, networks.stream().map(Network::toString).toList());
    }

    static void domains(JsonGenerator json, String key, List<DomainPattern> domains) {
        json.writeObjectPropertyStart(key);
        set(json, "exact", texts(domains, pattern -> !pattern.subdomains()));
        set(json, "under", texts(domains, DomainPattern::subdomains));
        json.writeEndObject();
    }

    private static List<String> texts(List<DomainPattern> domains, Predicate<DomainPattern> kind) {
        return domains.stream()
                .filter(kind)
                .map(pattern -> pattern.domain().name())
                .toList();
    }

    static void names(JsonGenerator json, String key, List<Glob> globs) {
        json.writeObjectPropertyStart(key);
        set(
                json,
                "exact",
                globs.stream().filter(Glob::isExact).map(Glob::pattern).toList());
        json.writeArrayPropertyStart("affixes");
        select(globs, Matchers::isAffixed).forEach(glob -> affix(json, glob));
        json.writeEndArray();
        json.writeArrayPropertyStart("inside");
        select(globs, Matchers::isInside)
                .forEach(glob -> json.writeString(glob.literals().get(1)));
        json.writeEndArray();
        json.writeArrayPropertyStart("patterns");
        select(globs, glob -> !glob.isExact() && !isAffixed(glob) && !isInside(glob))
                .forEach(glob -> json.writeString(regularExpression(glob)));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<Glob> select(List<Glob> globs, Predicate<Glob> kind) {
        return globs.stream().filter(kind).toList();
    }

    private static boolean isAffixed(Glob glob) {
        return glob.literals().size() == 2;
    }

    private static boolean isInside(Glob glob) {
        var literals = glob.literals();
        return literals.size() == 3
                && literals.getFirst().isEmpty()
                && literals.getLast().isEmpty();
    }

    private static void affix(JsonGenerator json, Glob glob) {
        var prefix = glob.literals().getFirst();
        var suffix = glob.literals().getLast();
        json.writeStartObject();
        json.writeStringProperty("prefix", prefix);
        json.writeStringProperty("suffix", suffix);
        json.writeNumberProperty("length", characters(prefix) + characters(suffix));
        json.writeEndObject();
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String regularExpression(Glob glob) {
        var literals = glob.literals().stream()
                .map(literal -> SPECIAL.matcher(literal).replaceAll("\\\\$0"))
                .toList();
        return "^(?s:" + String.join(".*", literals) + ")$";
    }
}
