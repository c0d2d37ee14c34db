#!/bin/sh
# Measures how fast the kill switch is: bench/kill.sh [STREAMS] [KILLS] [SCOPE]. Two replicas on one PostgreSQL, STREAMS open on
# each. SCOPE is everybody, which a replica decides by itself, or group, about which it asks the policy engine for each stream.
# See docs/kill-switch.md.
#
#   PORTCULLIS_BENCH_JAVA_OPTIONS   options for each proxy's JVM, in place of those below
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/..
streams=${1:-1000}
kills=${2:-50}
scope=${3:-everybody}
case $scope in
  everybody | group) ;;
  *) echo "kill.sh: scope $scope (expected: everybody or group)" >&2; exit 2 ;;
esac

# Each stream is a connection on either side of the proxies, and all ends of the clients are in one process.
wanted=$((streams * 4 + 1000))
ulimit -n "$wanted" 2>/dev/null || ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge "$wanted" ] ||
  echo "This shell may open $(ulimit -n) files, $wanted are wanted; raise the hard limit, or ask for fewer streams." >&2

. "$root/.mvn/select-jdk.sh"
if [ ! -d "$here/target/lib" ] || [ ! -d "$root/standalone/target/distribution/lib" ]; then
  "$root/mvnw" -q -f "$root/pom.xml" -pl bench -am -DskipTests package
fi
echo "Load before: $(cut -d' ' -f1-3 /proc/loadavg)"
exec "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Ddistribution="$root/standalone/target/distribution" \
  -DjavaOptions="${PORTCULLIS_BENCH_JAVA_OPTIONS--Xmx512m -XX:MaxDirectMemorySize=256m}" \
  -cp "$here/target/classes:$here/target/lib/*" dev.portcullis.bench.KillSwitch "$streams" "$kills" "$scope"
