package dev.portcullis.standalone.postgres;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import org.postgresql.util.PasswordUtil;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The product's database on an embedded server, with a role that owns it and nothing else.
record Database(int port, Secret password) {
    static final String ADMINISTRATOR = "postgres";

    private static final String NAME = "portcullis";
    private static final String WRONG_PASSWORD = "28P01";

    DatabaseSettings settings() {
        return new DatabaseSettings(url(NAME), NAME, password);
    }

    /// Makes the role and the database, unless they are there.
    ///
    /// @throws PostgresException when the password is not the server's
    void create() {
        try (var connection = DriverManager.getConnection(url(ADMINISTRATOR), ADMINISTRATOR, password.reveal())) {
            if (!exists(connection, "select 1 from pg_roles where rolname = '" + NAME + "'")) {
                execute(connection, "create role " + NAME + " login password '" + verifier() + "'");
            }
            if (!exists(connection, "select 1 from pg_database where datname = '" + NAME + "'")) {
                execute(connection, "create database " + NAME + " owner " + NAME);
            }
        } catch (SQLException e) {
            throw WRONG_PASSWORD.equals(e.getSQLState())
                    ? new PostgresException("The password that is kept for the database is not the database's.", e)
                    : new PostgresException("The database cannot be prepared: " + e.getMessage() + ".", e);
        }
    }

    /// What the server keeps of the password. The password itself in a statement could end up in the server's
    /// log.
    private String verifier() throws SQLException {
        return PasswordUtil.encodePassword(NAME, password.reveal().toCharArray(), "scram-sha-256");
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
