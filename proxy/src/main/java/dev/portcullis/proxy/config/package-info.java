/// The settings of a proxy replica.
@NullMarked
package dev.portcullis.proxy.config;

import org.jspecify.annotations.NullMarked;
