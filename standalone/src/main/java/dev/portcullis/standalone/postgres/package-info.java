/// The PostgreSQL that `portcullis up` brings along: real server binaries, for evaluation.
@NullMarked
package dev.portcullis.standalone.postgres;

import org.jspecify.annotations.NullMarked;
