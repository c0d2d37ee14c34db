/// The tools that upstreams list: what they are, what changed about them, and what somebody decides about them.
@NullMarked
package dev.portcullis.console.tools;

import org.jspecify.annotations.NullMarked;
