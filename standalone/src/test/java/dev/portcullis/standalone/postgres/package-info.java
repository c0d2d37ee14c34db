/// The embedded server: started, restarted, killed, and found again.
@NullMarked
package dev.portcullis.standalone.postgres;

import org.jspecify.annotations.NullMarked;
