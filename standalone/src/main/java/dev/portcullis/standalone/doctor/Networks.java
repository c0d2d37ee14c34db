package dev.portcullis.standalone.doctor;

/// What to do when a client is in the wrong network.
final class Networks {
    private Networks() {}

    /// @param otherwise what an admin can do
    static String next(String otherwise) {
        return "Switch on the VPN, or go to that network; or " + otherwise
                + ". If that is not this machine's address but a load balancer's, tell the gateway of it"
                + " (proxy.trustedProxies).";
    }
}
