/// OpenTelemetry logs over HTTP.
@NullMarked
package dev.portcullis.console.sinks.otlp;

import org.jspecify.annotations.NullMarked;
