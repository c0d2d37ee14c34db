/// The documented configuration against what commands read.
@NullMarked
package dev.portcullis.standalone.command;

import org.jspecify.annotations.NullMarked;
