package dev.portcullis.console.toolcalls.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

/// A data source that has each query on the trail explained by the database before it runs it, with the very
/// values it runs with.
public final class Explained {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DataSource database;
    private final List<Plan> plans = new ArrayList<>();

    Explained(DataSource database) {
        this.database = database;
    }

    /// What the database did for a query.
    public record Plan(String sql, JsonNode root) {
        /// All nodes, the root first.
        Stream<JsonNode> nodes() {
            return nodes(root);
        }

        /// Those that read a table, with how many records they looked at.
        public List<Scan> scans() {
            return nodes().filter(node -> node.has("Relation Name"))
                    .map(node -> new Scan(
                            node.path("Node Type").asString(),
                            node.path("Relation Name").asString(),
                            index(node),
                            Math.round(node.path("Actual Loops").asDouble()
                                    * (node.path("Actual Rows").asDouble()
                                            + node.path("Rows Removed by Filter")
                                                    .asDouble(0)
                                            + node.path("Rows Removed by Index Recheck")
                                                    .asDouble(0)))))
                    .toList();
        }

        private static String index(JsonNode node) {
            return nodes(node)
                    .filter(part -> part.has("Index Name"))
                    .map(part -> part.path("Index Name").asString())
                    .findFirst()
                    .orElse("none");
        }

        private static Stream<JsonNode> nodes(JsonNode node) {
            return Stream.concat(
                    Stream.of(node), node.path("Plans").valueStream().flatMap(Plan::nodes));
        }
    }

    public record Scan(String node, String table, String index, long records) {}

    /// The plans since the last time.
    List<Plan> taken() {
        var taken = List.copyOf(plans);
        plans.clear();
        return taken;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (_, method, arguments) -> {
            var result = call(database, method, arguments);
            return result instanceof Connection connection ? explaining(connection) : result;
        });
    }

    private Connection explaining(Connection connection) {
        return proxy(Connection.class, (_, method, arguments) -> {
            var result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? explaining(connection, statement) : result;
        });
    }

    private PreparedStatement explaining(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, (_, method, arguments) -> {
            var text = statement.unwrap(PreparedStatement.class).toString();
            if (method.getName().startsWith("execute") && text.contains("\"audit\".")) {
                plans.add(explain(connection, text.substring(text.indexOf("select"))));
            }
            return call(statement, method, arguments);
        });
    }

    /// Runs a query to see what the database does for it.
    public static Plan explain(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("explain (analyze, buffers, format json) " + sql)) {
            rows.next();
            return new Plan(sql, JSON.readTree(rows.getString(1)).path(0).path("Plan"));
        }
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Explained.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
