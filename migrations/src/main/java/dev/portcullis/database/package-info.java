/// The product's database: its migrations, and the tables generated from them.
@NullMarked
package dev.portcullis.database;

import org.jspecify.annotations.NullMarked;
