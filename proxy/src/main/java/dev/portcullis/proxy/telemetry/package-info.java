/// Names and registers of what is measured.
@NullMarked
package dev.portcullis.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
