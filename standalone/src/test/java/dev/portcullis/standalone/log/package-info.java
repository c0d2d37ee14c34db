/// Tests of logging.
@NullMarked
package dev.portcullis.standalone.log;

import org.jspecify.annotations.NullMarked;
