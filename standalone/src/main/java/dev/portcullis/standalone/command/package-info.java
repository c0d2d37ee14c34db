/// The commands, one class each: what they take, what they call, what they say.
@NullMarked
package dev.portcullis.standalone.command;

import org.jspecify.annotations.NullMarked;
