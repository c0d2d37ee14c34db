/// An organization's own Rego and scenarios in files.
@NullMarked
package dev.portcullis.standalone.rego;

import org.jspecify.annotations.NullMarked;
