/// One record for each exchange, kept until it is in the database.
@NullMarked
package dev.portcullis.proxy.audit;

import org.jspecify.annotations.NullMarked;
