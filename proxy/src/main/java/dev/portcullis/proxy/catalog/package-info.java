/// The tools that upstreams list: what their definitions are, and who was shown which.
@NullMarked
package dev.portcullis.proxy.catalog;

import org.jspecify.annotations.NullMarked;
