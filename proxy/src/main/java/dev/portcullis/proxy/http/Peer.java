package dev.portcullis.proxy.http;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Who is at the other end, as far as the connection tells: either the client itself, or what a proxy
/// that is trusted says of it.
///
/// @param address the client's
/// @param scheme `http` or `https`, as the client used it
/// @param authority host and port as the client wrote them; not checked yet, and absent when it named
///     none or several
/// @param certificate the one the client has proved to hold, issued by a configured authority
public record Peer(
        InetAddress address, String scheme, Optional<String> authority, Optional<X509Certificate> certificate) {}
