/// The screen of the replicas.
@NullMarked
package dev.portcullis.console.replicas.ui;

import org.jspecify.annotations.NullMarked;
