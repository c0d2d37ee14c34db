package dev.portcullis.proxy.config;

import dev.portcullis.policy.document.Network;

import java.util.List;

/// How the gateway learns where clients are, when proxies stand before it.
///
/// @param trustedProxies whose word counts; nobody else's does
/// @param header what they write
/// @param proxyProtocol whether every connection begins with a PROXY line of theirs
public record AddressSettings(List<Network> trustedProxies, ForwardingHeader header, boolean proxyProtocol) {

    /// The header in which proxies say for whom they ask.
    public enum ForwardingHeader {
        /// `X-Forwarded-For`, with `-Proto` and `-Host` beside it.
        X_FORWARDED_FOR,
        /// RFC 7239.
        FORWARDED
    }

    public AddressSettings {
        trustedProxies = List.copyOf(trustedProxies);
        if (proxyProtocol && trustedProxies.isEmpty()) {
            throw Range.wrong("proxyProtocol", "required", "trustedProxies that send PROXY lines");
        }
    }

    public static AddressSettings direct() {
        return new AddressSettings(List.of(), ForwardingHeader.X_FORWARDED_FOR, false);
    }
}
