/// Health and metrics on a port of their own.
@NullMarked
package dev.portcullis.proxy.management;

import org.jspecify.annotations.NullMarked;
