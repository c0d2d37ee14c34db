/// REST access to people.
@NullMarked
package dev.portcullis.console.signin.api;

import org.jspecify.annotations.NullMarked;
