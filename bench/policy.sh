#!/bin/sh
# Measures what a decision of the policy costs: bench/policy.sh [JMH OPTION...]. See docs/benchmarks.md.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/..

. "$root/.mvn/select-jdk.sh"
if [ ! -d "$here/target/lib" ] || [ ! -d "$here/target/classes/META-INF" ]; then
  "$root/mvnw" -q -f "$root/pom.xml" -pl bench -am -DskipTests package
fi
echo "Load before: $(cut -d' ' -f1-3 /proc/loadavg)"
exec "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "$here/target/classes:$here/target/lib/*" \
  dev.portcullis.bench.Figures policy "$@"
