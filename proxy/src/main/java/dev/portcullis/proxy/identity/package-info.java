/// Who is calling.
@NullMarked
package dev.portcullis.proxy.identity;

import org.jspecify.annotations.NullMarked;
