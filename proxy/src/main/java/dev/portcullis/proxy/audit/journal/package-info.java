/// Records on this machine's disk: the journal of Apache ActiveMQ Artemis, closed over what the audit trail needs of
/// it.
@NullMarked
package dev.portcullis.proxy.audit.journal;

import org.jspecify.annotations.NullMarked;
