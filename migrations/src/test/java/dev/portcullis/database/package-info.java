/// A real database for tests, and the tests of the migrations.
@NullMarked
package dev.portcullis.database;

import org.jspecify.annotations.NullMarked;
