#!/bin/sh
# Measures how long the console's screens take to show something on a large installation: bench/console.sh [RECORDS] [TIMES].
# It fills a PostgreSQL of its own in the folder for temporary files, a gigabyte for a million records, with 200 replicas, 500
# tools and a policy of 5,000 rules; TIMES is how often each screen is opened. See docs/benchmarks.md.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$here/..

echo "Load before: $(cut -d' ' -f1-3 /proc/loadavg)"
exec "$root/mvnw" -q -f "$root/pom.xml" -pl admin-ui -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=ScreenSpeedIT -Dfailsafe.failIfNoSpecifiedTests=false -Dspotless.check.skip -Dportcullis.fuzz.skip=true \
  -Dportcullis.console.rows="${1:-1000000}" -Dportcullis.console.times="${2:-20}"
