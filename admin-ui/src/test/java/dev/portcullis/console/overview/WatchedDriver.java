package dev.portcullis.console.overview;

import dev.portcullis.console.toolcalls.query.Explained;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/// A driver for the addresses that [#address] makes. While it watches, it has the database explain what those threads
/// ask that answer browsers; what is asked in the background is not seen.
final class WatchedDriver implements Driver {
    private static final String REAL = "jdbc:postgresql:";
    private static final String WATCHED = "jdbc:watched:";

    private final List<Explained.Plan> plans = new CopyOnWriteArrayList<>();
    private volatile boolean watching;

    static WatchedDriver registered() throws SQLException {
        var driver = new WatchedDriver();
        DriverManager.registerDriver(driver);
        return driver;
    }

    static String address(String real) {
        return real.replace(REAL, WATCHED);
    }

    /// The plans of all that is asked meanwhile.
    List<Explained.Plan> watch(Runnable work) {
        plans.clear();
        watching = true;
        try {
            work.run();
        } finally {
            watching = false;
        }
        return List.copyOf(plans);
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(WATCHED);
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return watched(DriverManager.getConnection(url.replace(WATCHED, REAL), properties));
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (_, method, arguments) -> {
            var result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? watched(connection, statement) : result;
        });
    }

    private PreparedStatement watched(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, (_, method, arguments) -> {
            if (watching && method.getName().startsWith("execute") && answersABrowser()) {
                var text = statement.toString().strip();
                if (asks(text)) {
                    plans.add(Explained.explain(connection, text));
                }
            }
            return call(statement, method, arguments);
        });
    }

    private static boolean answersABrowser() {
        return Thread.currentThread().getName().contains("-exec-");
    }

    private static boolean asks(String text) {
        var words = text.toLowerCase(Locale.ROOT);
        return (words.startsWith("select") || words.startsWith("with"))
                && !words.contains("insert into")
                && !words.contains("for update");
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(WatchedDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("watched");
    }
}
