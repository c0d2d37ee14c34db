/// The audit trail as it grows: exchanges in the order of their chains, and the listeners that are told
/// of each.
@NullMarked
package dev.portcullis.console.trail;

import org.jspecify.annotations.NullMarked;
