/// What the product needs to know of HTTP, without any server or client behind it.
@NullMarked
package dev.portcullis.proxy.http;

import org.jspecify.annotations.NullMarked;
