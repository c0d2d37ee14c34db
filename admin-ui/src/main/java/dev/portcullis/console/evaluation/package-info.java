/// What the policy would say to one request, and why.
@NullMarked
package dev.portcullis.console.evaluation;

import org.jspecify.annotations.NullMarked;
