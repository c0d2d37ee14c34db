#!/bin/sh
# Fuzzes every target of the proxy in turn: proxy/fuzz.sh SECONDS [TARGET], where TARGET is a part of Class#method. What makes a
# target fail is written into its folder of the corpus, where `./mvnw verify` runs it from then on.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
seconds=${1:?usage: proxy/fuzz.sh SECONDS [TARGET]}
wanted=${2-}
cd "$here/.."
mkdir -p "$here/target"

failed=
for file in "$here"/src/test/java/dev/portcullis/proxy/fuzz/*FuzzTest.java; do
  class=$(basename "$file" .java)
  for method in $(sed -n '/@FuzzTest/{n;s/.* void \([A-Za-z]*\)(.*/\1/p;}' "$file"); do
    case $class#$method in *"$wanted"*) ;; *) continue ;; esac
    echo "== $class#$method"
    # One target for each JVM: the fuzzer has one.
    JAZZER_FUZZ=1 ./mvnw -pl proxy -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest="$class#$method" \
      -Djazzer.max_duration="${seconds}s" test-compile surefire:test@fuzz-corpus >"$here/target/fuzz-$class-$method.log" 2>&1 ||
      failed="$failed $class#$method"
    grep -a 'Done [0-9]* runs' "$here/target/fuzz-$class-$method.log" || tail -n 40 "$here/target/fuzz-$class-$method.log"
  done
done
[ -z "$failed" ] || { echo "Failed:$failed" >&2; exit 1; }
