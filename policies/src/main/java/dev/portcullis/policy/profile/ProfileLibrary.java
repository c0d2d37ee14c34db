package dev.portcullis.policy.profile;

import dev.portcullis.policy.Glob;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The profiles in this jar, read once. They are part of the product, so a mistake in one is a bug and
/// throws.
final class ProfileLibrary {
    private static final List<String> SHIPPED = List.of("generic", "port");
    private static final Map<String, Profile> PROFILES = readAll();

    private ProfileLibrary() {}

    static Optional<Profile> find(String name) {
        return Optional.ofNullable(PROFILES.get(name));
    }

    static List<String> names() {
        return List.copyOf(PROFILES.keySet());
    }

    private static Map<String, Profile> readAll() {
        var profiles = new TreeMap<String, Profile>();
        SHIPPED.forEach(name -> profiles.put(name, read(name)));
        return profiles;
    }

    private static Profile read(String name) {
        var resource = "/dev/portcullis/policy/profiles/" + name + ".yaml";
        try (var stream = ProfileLibrary.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing resource: " + resource);
            }
            var settings = LoadSettings.builder().setLabel(resource).build();
            return profile(name, map(new Load(settings).loadFromInputStream(stream)));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static Profile profile(String name, Map<?, ?> yaml) {
        var tools = new LinkedHashMap<String, Profile.Tool>();
        var families = new ArrayList<Profile.Family>();
        map(yaml.get("tools")).forEach((toolClass, entries) -> {
            for (var entry : list(entries)) {
                add(ToolClass.valueOf(text(toolClass).toUpperCase(Locale.ROOT)), entry, tools, families);
            }
        });
        var hosts = list(yaml.get("hosts")).stream()
                .map(names -> list(names).stream().map(ProfileLibrary::text).toList())
                .toList();
        return new Profile(name, Boolean.TRUE.equals(yaml.get("controlHeaders")), hosts, tools, families);
    }

    /// An entry is a name, or a name with its pointers.
    private static void add(
            ToolClass toolClass, Object entry, Map<String, Profile.Tool> tools, List<Profile.Family> families) {
        if (entry instanceof Map<?, ?> withPointers) {
            withPointers.forEach((name, pointers) -> tools.put(
                    text(name),
                    new Profile.Tool(
                            toolClass,
                            list(pointers).stream()
                                    .map(pointer -> ActionPointer.parse(text(pointer)))
                                    .toList())));
            return;
        }
        var glob = new Glob(text(entry));
        var tool = new Profile.Tool(toolClass, List.of());
        if (glob.isExact()) {
            tools.put(glob.pattern(), tool);
        } else {
            families.add(new Profile.Family(glob, tool));
        }
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
