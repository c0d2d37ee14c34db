/// Finds out why a client cannot use the gateway, and says what to do about it.
///
/// [dev.portcullis.standalone.doctor.Examination] goes the way of a client, one check after the other;
/// each says what it found as a [dev.portcullis.standalone.doctor.Finding].
@NullMarked
package dev.portcullis.standalone.doctor;

import org.jspecify.annotations.NullMarked;
