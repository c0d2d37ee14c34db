@NullMarked
package dev.portcullis.ledger;

import org.jspecify.annotations.NullMarked;
