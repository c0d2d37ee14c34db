/// Small pieces that several screens show.
@NullMarked
package dev.portcullis.console.components;

import org.jspecify.annotations.NullMarked;
