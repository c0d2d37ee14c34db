/// Where requests come from, when others stand in between.
@NullMarked
package dev.portcullis.proxy.address;

import org.jspecify.annotations.NullMarked;
