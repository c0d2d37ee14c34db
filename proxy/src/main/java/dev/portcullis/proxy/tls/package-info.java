/// TLS on both sides: what this gateway shows to clients, and whom it believes.
@NullMarked
package dev.portcullis.proxy.tls;

import org.jspecify.annotations.NullMarked;
