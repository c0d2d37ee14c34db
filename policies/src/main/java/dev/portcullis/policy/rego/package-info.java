/// An organization's own Rego: its modules, what they may do, and the compiler that checks them.
@NullMarked
package dev.portcullis.policy.rego;

import org.jspecify.annotations.NullMarked;
