/// The console: an admin's and an auditor's screens, and the REST API that does the same.
@NullMarked
package dev.portcullis.console;

import org.jspecify.annotations.NullMarked;
