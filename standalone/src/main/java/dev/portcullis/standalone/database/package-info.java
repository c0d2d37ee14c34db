/// Connecting to the product's database, with a sentence for each way it can fail.
@NullMarked
package dev.portcullis.standalone.database;

import org.jspecify.annotations.NullMarked;
