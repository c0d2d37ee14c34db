package dev.portcullis.configuration;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// One section of a configuration while it is read by [ConfigurationFile#read]; the file itself is the
/// outermost one.
///
/// No method throws for what stands in the file. A wrong or missing value is noted, and a harmless
/// stand-in is returned so that reading goes on; the file then refuses as a whole, with everything that
/// was noted. One thread.
public final class Settings {
    private static final String FILE_PREFIX = "file:";
    private static final String MISSING = "missing";
    private static final String UNSEEN = "[secret]";
    private static final String KEYS_OR_LIST = "a list or a section";
    private static final int HIGHEST_PORT = 65_535;
    private static final Secret NO_SECRET = new Secret("");

    private final String path;
    private final Optional<MappingNode> node;
    private final Reading reading;
    private final Set<String> askedFor;

    private Settings(String path, Optional<MappingNode> node, Reading reading) {
        this.path = path;
        this.node = node;
        this.reading = reading;
        this.askedFor = reading.open(path, node);
    }

    static Settings root(Optional<MappingNode> node, Reading reading) {
        return new Settings("", node, reading);
    }

    /// The section `key`; one without keys when it is not there.
    public Settings section(String key) {
        askedFor.add(key);
        var found = child(key);
        var mapping = found.filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
        if (found.isPresent() && mapping.isEmpty()) {
            report(key, Reading.line(found.get()), "a single value or a list", "a section with keys");
        }
        return new Settings(path(key), mapping, reading);
    }

    /// The keys of this section as the file has them, in its order; for sections whose keys are names.
    public List<String> names() {
        return node.stream()
                .flatMap(mapping -> mapping.getValue().stream())
                .map(NodeTuple::getKeyNode)
                .filter(ScalarNode.class::isInstance)
                .map(name -> ((ScalarNode) name).getValue())
                .toList();
    }

    /// Lets these keys be, because somebody else reads them.
    public void leave(List<String> keys) {
        askedFor.addAll(keys);
    }

    /// A text that must be there.
    public String string(String key) {
        return required(key, "a text", () -> optionalString(key), "");
    }

    public String string(String key, String otherwise) {
        return optionalString(key).orElse(otherwise);
    }

    public Optional<String> optionalString(String key) {
        return value(key).map(Value::text);
    }

    /// A file, named from the configuration file's folder on.
    public Optional<Path> file(String key) {
        return value(key).flatMap(value -> {
            try {
                return Optional.of(reading.folder().resolve(value.text()));
            } catch (InvalidPathException e) {
                report(key, value.where(), value.text(), "the name of a file");
                return Optional.empty();
            }
        });
    }

    /// The same, or `otherwise` in the configuration file's folder.
    public Path file(String key, String otherwise) {
        return file(key).orElseGet(() -> reading.folder().resolve(otherwise));
    }

    /// A whole number from `least` to `most`.
    public int integer(String key, int otherwise, int least, int most) {
        var expected = "a whole number from " + least + " to " + most;
        return converted(key, expected, otherwise, text -> Forms.wholeNumber(text, least, most));
    }

    /// A TCP port; 0 lets the system choose.
    public int port(String key, int otherwise) {
        return integer(key, otherwise, 0, HIGHEST_PORT);
    }

    public boolean flag(String key, boolean otherwise) {
        return converted(key, "true or false", otherwise, Forms::truth);
    }

    /// A duration above zero: `500ms`, `30s`, `5m`, `2h`, `1d`, or ISO 8601.
    public Duration duration(String key, Duration otherwise) {
        return converted(
                key,
                "> 0, as " + Forms.DURATION_FORM,
                otherwise,
                text -> Forms.duration(text).filter(Duration::isPositive));
    }

    /// A number of bytes above zero: `4096`, `512KiB`, `10MiB`, `1GB`.
    public long size(String key, long otherwise) {
        return converted(
                key,
                "> 0, as " + Forms.SIZE_FORM,
                otherwise,
                text -> Forms.size(text).filter(bytes -> bytes > 0));
    }

    /// An IP address, or a name that resolves to one now.
    public InetAddress host(String key, InetAddress otherwise) {
        return converted(key, Forms.HOST_FORM, otherwise, Forms::host);
    }

    /// `host:port`, with an IPv6 address in brackets; the host is resolved now.
    public InetSocketAddress address(String key, InetSocketAddress otherwise) {
        return converted(key, Forms.ADDRESS_FORM, otherwise, Forms::address);
    }

    /// Texts in the file's order, as a YAML list or separated by commas; none when the key is not
    /// there.
    public List<String> list(String key) {
        return list(key, List.of());
    }

    public List<String> list(String key, List<String> otherwise) {
        askedFor.add(key);
        if (override(key).isEmpty() && child(key).orElse(null) instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .flatMap(item -> scalar(key, item).stream())
                    .map(Value::text)
                    .toList();
        }
        return value(key).map(value -> Forms.list(value.text())).orElse(otherwise);
    }

    /// A secret that must be there, as it is or as `file:PATH`.
    public Secret secret(String key) {
        return required(key, "a secret, or file:PATH", () -> optionalSecret(key), NO_SECRET);
    }

    /// As it is or as `file:PATH`; a line break at the end of the file does not belong to the secret.
    public Optional<Secret> optionalSecret(String key) {
        return value(key)
                .flatMap(value -> value.text().startsWith(FILE_PREFIX)
                        ? secretFile(key, value)
                        : Optional.of(new Secret(value.text())));
    }

    /// Notes that the value of `key`, which must not be a secret, is wrong for a reason that only the
    /// caller knows.
    public void reject(String key, String expected) {
        value(key)
                .ifPresentOrElse(
                        value -> report(key, value.where(), value.text(), expected),
                        () -> report(key, line(), MISSING, expected));
    }

    /// The same for a value that may hold a secret, and is not shown.
    public void rejectUnseen(String key, String expected) {
        report(key, value(key).map(Value::where).orElseGet(this::line), UNSEEN, expected);
    }

    /// A value and where it came from.
    private record Value(String text, String where) {}

    private <T> T converted(String key, String expected, T otherwise, Function<String, Optional<T>> conversion) {
        var value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        var result = conversion.apply(value.get().text());
        if (result.isEmpty()) {
            report(key, value.get().where(), value.get().text(), expected);
        }
        return result.orElse(otherwise);
    }

    private <T> T required(String key, String expected, Supplier<Optional<T>> read, T standIn) {
        int before = reading.problems().size();
        var value = read.get();
        if (value.isEmpty() && reading.problems().size() == before) {
            report(key, line(), MISSING, expected);
        }
        return value.orElse(standIn);
    }

    private Optional<Secret> secretFile(String key, Value value) {
        var name = value.text().substring(FILE_PREFIX.length());
        try {
            var content = Files.readString(reading.folder().resolve(name));
            return Optional.of(new Secret(content.replaceFirst("\\R\\z", "")));
        } catch (IOException | InvalidPathException e) {
            report(key, value.where(), value.text(), "a file that can be read");
            return Optional.empty();
        }
    }

    /// The override, or else what the file says with its placeholders replaced. Nothing is the same as
    /// empty.
    private Optional<Value> value(String key) {
        askedFor.add(key);
        return override(key)
                .or(() -> child(key).flatMap(found -> scalar(key, found)))
                .filter(value -> !value.text().isEmpty());
    }

    private Optional<Value> override(String key) {
        var variable = OverrideVariable.of(path(key));
        return Optional.ofNullable(reading.environment().get(variable))
                .filter(text -> !text.isEmpty())
                .map(text -> new Value(text, "environment variable " + variable));
    }

    private Optional<Value> scalar(String key, Node found) {
        if (!(found instanceof ScalarNode scalar)) {
            report(key, Reading.line(found), KEYS_OR_LIST, "one value");
            return Optional.empty();
        }
        return switch (new Placeholders(reading.environment()).replace(scalar.getValue())) {
            case Placeholders.Replaced.Text(var text) -> Optional.of(new Value(text, Reading.line(found)));
            case Placeholders.Replaced.Impossible(var placeholder, var expected) -> {
                report(key, Reading.line(found), placeholder, expected);
                yield Optional.empty();
            }
        };
    }

    private Optional<Node> child(String key) {
        return node.stream()
                .flatMap(mapping -> mapping.getValue().stream())
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .filter(value -> !value.getTag().equals(Tag.NULL))
                .findFirst();
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String line() {
        return node.map(Reading::line).orElse("");
    }

    private void report(String key, String where, String value, String expected) {
        reading.report(new ConfigurationProblem(path(key), where, value, expected, Optional.empty()));
    }
}
