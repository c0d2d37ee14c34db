/// The command line, and everything in one JVM on embedded PostgreSQL.
@NullMarked
package dev.portcullis.standalone;

import org.jspecify.annotations.NullMarked;
