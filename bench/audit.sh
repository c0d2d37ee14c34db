#!/bin/sh
# Measures what recording costs a call: bench/audit.sh [SECONDS], for each of six measurements. See docs/benchmarks.md.
#
#   PORTCULLIS_BENCH_JAVA_OPTIONS   options for the proxy's JVM, in place of those below
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/..

. "$root/.mvn/select-jdk.sh"
if [ ! -d "$here/target/lib" ] || [ ! -d "$root/standalone/target/distribution/lib" ]; then
  "$root/mvnw" -q -f "$root/pom.xml" -pl bench -am -DskipTests package
fi
exec "$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Ddistribution="$root/standalone/target/distribution" \
  -DjavaOptions="${PORTCULLIS_BENCH_JAVA_OPTIONS--Xmx512m}" \
  -cp "$here/target/classes:$here/target/lib/*" dev.portcullis.bench.audit.AuditCost "${1:-20}"
