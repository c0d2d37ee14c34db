/// What makes the audit trail tamper-evident: records in one canonical form, linked into chains of hashes,
/// with signed checkpoints; and the verifier that finds the first place where one does not fit.
@NullMarked
package dev.portcullis.ledger;

import org.jspecify.annotations.NullMarked;
