package dev.portcullis.proxy.mcp.modern;

import dev.portcullis.proxy.mcp.MirroredHeaders;
import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The arguments of one tool that its calls repeat in `Mcp-Param-` headers, as its schema says with
/// `x-mcp-header`.
///
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">
///     Streamable HTTP, request headers</a>
public record ParameterHeaders(List<Parameter> parameters) {
    private static final String ANNOTATION = "x-mcp-header";
    private static final int MAX_PARAMETERS = 64;
    private static final int MAX_DEPTH = 16;

    public ParameterHeaders {
        parameters = List.copyOf(parameters);
    }

    /// @param name what stands behind `Mcp-Param-`
    /// @param path the properties that lead to the argument
    public record Parameter(String name, List<String> path) {
        public Parameter {
            path = List.copyOf(path);
        }
    }

    /// What the definition of a tool says. A definition whose annotations are not valid has none: a
    /// client must not use such a tool.
    public static ParameterHeaders of(JsonNode tool) {
        var found = new ArrayList<Parameter>();
        collect(tool.path("inputSchema"), List.of(), found);
        var names = new HashSet<String>();
        var isValid = found.size() <= MAX_PARAMETERS
                && found.stream()
                        .allMatch(parameter -> !parameter.name().isEmpty()
                                && names.add(parameter.name().toLowerCase(Locale.ROOT)));
        return new ParameterHeaders(isValid ? found : List.of());
    }

    /// What is wrong with the headers of a call with these arguments, or empty when they agree.
    public Optional<String> disagreement(JsonNode arguments, MirroredHeaders headers) {
        return parameters.stream()
                .filter(parameter -> !agrees(parameter, arguments, headers))
                .map(parameter -> "The header Mcp-Param-" + parameter.name() + " does not agree with the body")
                .findFirst();
    }

    private static boolean agrees(Parameter parameter, JsonNode arguments, MirroredHeaders headers) {
        var argument = arguments;
        for (var step : parameter.path()) {
            argument = argument.path(step);
        }
        if (argument.isMissingNode() || argument.isNull()) {
            return !headers.hasParameter(parameter.name());
        }
        var value = argument;
        return headers.parameter(parameter.name())
                .filter(sent -> isSame(value, sent))
                .isPresent();
    }

    private static boolean isSame(JsonNode argument, String sent) {
        if (argument.isNumber()) {
            try {
                return argument.decimalValue().compareTo(new BigDecimal(sent)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return (argument.isString() || argument.isBoolean())
                && argument.asString().equals(sent);
    }

    private static void collect(JsonNode schema, List<String> path, List<Parameter> found) {
        if (path.size() > MAX_DEPTH || found.size() > MAX_PARAMETERS) {
            return;
        }
        if (schema.path(ANNOTATION).isString() && !path.isEmpty()) {
            found.add(new Parameter(schema.path(ANNOTATION).asString(), path));
        }
        for (var property : schema.path("properties").properties()) {
            var deeper = new ArrayList<>(path);
            deeper.add(property.getKey());
            collect(property.getValue(), deeper, found);
        }
    }
}
