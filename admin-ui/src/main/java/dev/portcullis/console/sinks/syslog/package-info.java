/// Syslog over TCP and TLS.
@NullMarked
package dev.portcullis.console.sinks.syslog;

import org.jspecify.annotations.NullMarked;
