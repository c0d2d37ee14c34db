/// The command line as people meet it: words in, sentences and exit codes out.
@NullMarked
package dev.portcullis.standalone;

import org.jspecify.annotations.NullMarked;
