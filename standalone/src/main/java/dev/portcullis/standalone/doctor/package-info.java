/// Finds out why a client cannot use the gateway, and says what to do about it.
@NullMarked
package dev.portcullis.standalone.doctor;

import org.jspecify.annotations.NullMarked;
