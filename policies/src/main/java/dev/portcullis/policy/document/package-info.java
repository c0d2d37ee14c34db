/// The policy document: its routes and rules, and how it is read and checked.
@NullMarked
package dev.portcullis.policy.document;

import org.jspecify.annotations.NullMarked;
