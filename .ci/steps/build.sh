# The README's test command.
. .ci/lib.sh
find_opa
maven_options
./mvnw -B "${options[@]}" verify | tee "$work/build-output.log"
check 'the committed UI bundle is up to date' grep -q 'bundle build is not needed' "$work/build-output.log"

mapfile -t reports < <(find . -path '*/target/*-reports/TEST-*.xml' -not -path './acceptance/clients/*')
read -r total bad _ < <(count_tests "${reports[@]}")
check "no test failed ($bad of $total)" test "$bad" -eq 0
skipped=$(count_skipped "${reports[@]}")
check "no test was skipped$([ -n "${OPA:-}" ] || echo ", but for those that need an opa") ($skipped of $total)" test "$skipped" -eq 0
check 'tests ran' test "$total" -gt 0
proved "$total" 'tests of ./mvnw verify'
