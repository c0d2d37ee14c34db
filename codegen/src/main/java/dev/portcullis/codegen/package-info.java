/// Build-time only: generates the jOOQ classes of the `migrations` module.
@NullMarked
package dev.portcullis.codegen;

import org.jspecify.annotations.NullMarked;
