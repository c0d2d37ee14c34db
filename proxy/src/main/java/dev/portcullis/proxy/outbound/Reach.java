package dev.portcullis.proxy.outbound;

/// Where a request of the gateway's own may lead, by whose word.
public enum Reach {
    /// An admin or operator wrote the address down: it may be wherever upstreams may be.
    NAMED,
    /// It stood in somebody's answer: it must be public, so that nobody points the gateway at what only
    /// the gateway can reach.
    FOUND
}
