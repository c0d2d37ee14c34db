/// What the sandbox's organization has: blueprints, entities, scorecards, actions, runs and their audit
/// log.
@NullMarked
package dev.portcullis.sandbox.catalogue;

import org.jspecify.annotations.NullMarked;
