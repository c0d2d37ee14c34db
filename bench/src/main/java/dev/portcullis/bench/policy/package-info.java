/// What decisions and publications of the policy cost.
@NullMarked
package dev.portcullis.bench.policy;

import org.jspecify.annotations.NullMarked;
