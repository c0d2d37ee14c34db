package dev.portcullis.configuration;

/// Where the product's PostgreSQL is.
///
/// @param url a JDBC address, `jdbc:postgresql://…`
public record DatabaseSettings(String url, String user, Secret password) {
    private static final String SCHEME = "jdbc:postgresql:";

    /// The section `database` of `file`: `url`, `user` and `password`, all of which must be there.
    public static DatabaseSettings from(Settings file) {
        var section = file.section("database");
        var url = section.string("url");
        if (!url.isEmpty() && !url.startsWith(SCHEME)) {
            // The usual mistake is another program's URL, with user and password in it.
            section.rejectUnseen("url", SCHEME + "//host:port/name");
        }
        return new DatabaseSettings(url, section.string("user"), section.secret("password"));
    }

    /// Where it is, for people: the URL without its parameters, one of which may be a secret.
    public String address() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + address() + ", user=" + user + ", password=" + password + "]";
    }
}
