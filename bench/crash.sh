#!/bin/sh
# Kills the proxy, PostgreSQL, or both, at random and under load, and compares every call that the upstream received with the
# audit trail: bench/crash.sh [SECONDS]. Prints calls, kills, lost and duplicated; ends with 1 unless the last two are 0.
# See docs/audit.md.
#
#   PORTCULLIS_CRASH_SEED           what is killed when, as printed by another run
#   PORTCULLIS_CRASH_DURABILITY     journal (the default) or database
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
  -Ddurability="${PORTCULLIS_CRASH_DURABILITY:-journal}" ${PORTCULLIS_CRASH_SEED:+-Dseed="$PORTCULLIS_CRASH_SEED"} \
  -DjavaOptions="${PORTCULLIS_BENCH_JAVA_OPTIONS--Xmx512m}" \
  -cp "$here/target/classes:$here/target/lib/*" dev.portcullis.bench.audit.Crashes "${1:-600}"
