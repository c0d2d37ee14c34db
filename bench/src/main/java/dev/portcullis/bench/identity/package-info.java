/// Measures how long it takes to find out who is calling, in this process: the part of each request that
/// comes before its body is read. `bench/identity.sh` runs it; what it means stands in
/// `docs/benchmarks.md`.
@NullMarked
package dev.portcullis.bench.identity;

import org.jspecify.annotations.NullMarked;
