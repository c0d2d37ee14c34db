/// The parts of an installation on one data folder.
@NullMarked
package dev.portcullis.standalone.up;

import org.jspecify.annotations.NullMarked;
