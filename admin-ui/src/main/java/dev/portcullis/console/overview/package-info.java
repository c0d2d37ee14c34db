/// How the gateway is doing: how many calls there were, what became of them, and what needs somebody's attention.
@NullMarked
package dev.portcullis.console.overview;

import org.jspecify.annotations.NullMarked;
