/// What a configuration file may say, and what is said about a wrong one.
@NullMarked
package dev.portcullis.configuration;

import org.jspecify.annotations.NullMarked;
