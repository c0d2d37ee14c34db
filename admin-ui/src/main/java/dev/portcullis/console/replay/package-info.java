/// What a policy would have said to what has happened.
@NullMarked
package dev.portcullis.console.replay;

import org.jspecify.annotations.NullMarked;
