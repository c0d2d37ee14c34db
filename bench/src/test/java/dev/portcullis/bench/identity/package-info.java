/// Tests of the benchmarks.
@NullMarked
package dev.portcullis.bench.identity;

import org.jspecify.annotations.NullMarked;
