/// Records in the shape of the Open Cybersecurity Schema Framework.
@NullMarked
package dev.portcullis.console.sinks.ocsf;

import org.jspecify.annotations.NullMarked;
