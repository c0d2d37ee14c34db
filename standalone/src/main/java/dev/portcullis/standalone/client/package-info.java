/// A console of somewhere else, over its REST API.
@NullMarked
package dev.portcullis.standalone.client;

import org.jspecify.annotations.NullMarked;
