/// The downstream side: HTTP to the clients.
@NullMarked
package dev.portcullis.proxy.server;

import org.jspecify.annotations.NullMarked;
