package dev.portcullis.acceptance.provider;

/// Who is known to the provider. People are `alice`, one of the developers, and `carol`, a contractor.
public final class Accounts {
    /// A program of people, without a secret of its own.
    public static final String LAPTOP = "laptop";

    public static final String CALLBACK = "http://127.0.0.1:1/callback";

    /// What the gateway is to an upstream's provider; its tokens are signed with ES256, all others with RS256.
    public static final String GATEWAY = "gateway";

    public static final String GATEWAYS_SECRET = "gateways-own-s3cret&=";

    /// The console, to which people sign in; wherever on this machine it listens.
    public static final String CONSOLE = "console";

    /// Where people are led who have signed out, on whatever port.
    public static final String CONSOLES_DOOR = "http://127.0.0.1/sign-in";

    public static final String CONSOLES_SECRET = "consoles-own-s3cret";

    /// A program whose tokens are over at once; its secret is its name.
    public static final String HASTY = "hasty";

    private Accounts() {}

    public static String passwordOf(String person) {
        return person + "-has-a-p4ssword";
    }
}
