/// REST endpoint of the bundles.
@NullMarked
package dev.portcullis.console.bundles.api;

import org.jspecify.annotations.NullMarked;
