package dev.portcullis.standalone.postgres;

/// What the embedded server is told, at every start anew. Whatever protects data keeps PostgreSQL's
/// own, safe default.
final class ServerConfiguration {
    private ServerConfiguration() {}

    static String text(int port) {
        return """
                # Written by `portcullis up` at every start; changes made here are lost.
                listen_addresses = '127.0.0.1'
                port = %d
                # No local socket: it would stand in a folder that others can reach.
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 60
                shared_buffers = '64MB'
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_checkpoints = off
                """.formatted(port);
    }
}
