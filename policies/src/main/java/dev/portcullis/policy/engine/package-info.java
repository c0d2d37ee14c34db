/// What evaluates the compiled policy.
@NullMarked
package dev.portcullis.policy.engine;

import org.jspecify.annotations.NullMarked;
