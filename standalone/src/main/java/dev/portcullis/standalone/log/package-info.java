/// Where log events go.
@NullMarked
package dev.portcullis.standalone.log;

import org.jspecify.annotations.NullMarked;
