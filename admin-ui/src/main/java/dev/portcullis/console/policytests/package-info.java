/// Regression tests of the policy, which stand between a draft and a version.
@NullMarked
package dev.portcullis.console.policytests;

import org.jspecify.annotations.NullMarked;
