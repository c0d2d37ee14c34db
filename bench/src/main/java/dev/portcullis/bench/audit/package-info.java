/// Kills the gateway and its database under load, and compares what went upstream with what is recorded.
@NullMarked
package dev.portcullis.bench.audit;

import org.jspecify.annotations.NullMarked;
