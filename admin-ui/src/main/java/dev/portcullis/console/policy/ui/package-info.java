/// The screen of the policy.
@NullMarked
package dev.portcullis.console.policy.ui;

import org.jspecify.annotations.NullMarked;
