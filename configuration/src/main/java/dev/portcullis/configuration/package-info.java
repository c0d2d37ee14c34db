/// One YAML file to typed settings: substitution, overrides, and all errors at once.
@NullMarked
package dev.portcullis.configuration;

import org.jspecify.annotations.NullMarked;
