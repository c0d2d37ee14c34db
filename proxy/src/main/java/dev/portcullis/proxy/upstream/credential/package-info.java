/// What the gateway shows upstreams in place of its callers' credentials.
@NullMarked
package dev.portcullis.proxy.upstream.credential;

import org.jspecify.annotations.NullMarked;
