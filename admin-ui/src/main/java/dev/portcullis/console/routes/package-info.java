/// The routes of the policy in force, and how they fare.
@NullMarked
package dev.portcullis.console.routes;

import org.jspecify.annotations.NullMarked;
