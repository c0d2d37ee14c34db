/// What a server hands out through the gateway, bound to the caller it was handed to.
@NullMarked
package dev.portcullis.proxy.binding;

import org.jspecify.annotations.NullMarked;
