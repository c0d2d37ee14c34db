/// Routes in the REST API.
@NullMarked
package dev.portcullis.console.routes.api;

import org.jspecify.annotations.NullMarked;
