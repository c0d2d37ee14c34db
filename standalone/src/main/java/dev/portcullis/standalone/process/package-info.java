/// What every command shares: how a process ends, and what it says when it cannot go on.
@NullMarked
package dev.portcullis.standalone.process;

import org.jspecify.annotations.NullMarked;
