#!/bin/sh
# Measures streaming through a gateway of its own: bench/streaming.sh delay|idle|listen [STREAMS] [SECONDS]. See docs/streaming.md.
#
#   PORTCULLIS_BENCH_JAVA_OPTIONS   options for the proxy's JVM, in place of those below
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/..
what=${1:?usage: bench/streaming.sh delay|idle|listen [STREAMS] [SECONDS]}
case $what in
  delay) streams=${2:-100} seconds=${3:-60} ;;
  *) streams=${2:-10000} seconds=${3:-30} ;;
esac

# Each stream is a connection on either side of the proxy.
wanted=$((streams * 2 + 1000))
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
  -cp "$here/target/classes:$here/target/lib/*" dev.portcullis.bench.Streaming "$what" "$streams" "$seconds"
