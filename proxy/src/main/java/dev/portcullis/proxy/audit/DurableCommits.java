package dev.portcullis.proxy.audit;

import dev.portcullis.proxy.sync.Database;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.sql.Connection;
import java.sql.SQLException;

/// Connections whose commits are on the server's disk when they are acknowledged, also where the server is set up to
/// promise less: what PostgreSQL has is removed everywhere else.
final class DurableCommits {
    private DurableCommits() {}

    /// A new connection. Whoever asks for it closes it.
    static Connection connect(Database database) throws SQLException {
        var opened = database.connect();
        try {
            DSL.using(opened, SQLDialect.POSTGRES)
                    .fetch("select set_config('synchronous_commit', 'on', false)"
                            + " where current_setting('synchronous_commit') = 'off'");
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
