/// What is said to and about consoles.
@NullMarked
package dev.portcullis.standalone.client;

import org.jspecify.annotations.NullMarked;
