/// Counts tool calls against the limits of the policy, in token buckets that all replicas share.
@NullMarked
package dev.portcullis.proxy.limit;

import org.jspecify.annotations.NullMarked;
