/// The path of a request, without Netty.
@NullMarked
package dev.portcullis.proxy.exchange;

import org.jspecify.annotations.NullMarked;
