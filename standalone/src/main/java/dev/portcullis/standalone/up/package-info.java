/// Everything on one machine in one JVM: PostgreSQL, sandbox, proxy and console on one data folder.
@NullMarked
package dev.portcullis.standalone.up;

import org.jspecify.annotations.NullMarked;
