/// What stands between a draft and a version: a second person, and a time.
@NullMarked
package dev.portcullis.console.publication;

import org.jspecify.annotations.NullMarked;
