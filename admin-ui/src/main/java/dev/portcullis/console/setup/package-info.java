/// What a fresh installation needs before anybody can sign in.
@NullMarked
package dev.portcullis.console.setup;

import org.jspecify.annotations.NullMarked;
