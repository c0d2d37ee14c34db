#!/bin/sh
# Measures how long the console's questions take on a large audit trail: bench/trail.sh [RECORDS] [TIMES]. It fills a PostgreSQL
# of its own in the folder for temporary files, a gigabyte for a million records; TIMES is how often each question is asked.
# See docs/benchmarks.md.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/..

echo "Load before: $(cut -d' ' -f1-3 /proc/loadavg)"
exec "$root/mvnw" -q -f "$root/pom.xml" -pl admin-ui -am test -Dtest=TrailSpeedTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dspotless.check.skip -Dportcullis.trail.rows="${1:-1000000}" -Dportcullis.trail.times="${2:-200}"
