/// A small identity provider on Spring Authorization Server, which the tests start as a process of its own.
@NullMarked
package dev.portcullis.acceptance.provider;

import org.jspecify.annotations.NullMarked;
