# The README's test command.
. .ci/lib.sh
options=()
[ -z "${PORTCULLIS_CI_EMPTY_REPOSITORY:-}" ] || options+=("-Dmaven.repo.local=$work/maven-repository")

# With the policy compiler at hand, the scenarios also run against a real OPA server, and may not be skipped.
opa=${OPA:-../shared/tools/opa}
may_skip='scenarios against an OPA server and Rego of an organization'
if [ -x "$opa" ]; then
  OPA=$(realpath "$opa")
  export OPA
  may_skip=
fi

./mvnw -B "${options[@]}" verify | tee "$work/build-output.log"
check 'the committed UI bundle is up to date' grep -q 'bundle build is not needed' "$work/build-output.log"

mapfile -t reports < <(find . -path '*/target/*-reports/TEST-*.xml' -not -path './acceptance/clients/*')
read -r total bad skipped < <(count_tests "${reports[@]}")
check "no test failed ($bad of $total)" test "$bad" -eq 0
if [ -n "$may_skip" ]; then
  mapfile -t reports < <(printf '%s
' "${reports[@]}" | grep -vE \
    'dev\.portcullis\.policy\.(engine\.(ScenarioTest|OwnRulesTest)|rego\.)|OwnRegoApiTest|ModuleCheckTest|OwnRulesInForceTest|PolicyTestCommandTest|OpaServerTest|OpaServerIT')
  read -r _ _ skipped < <(count_tests "${reports[@]}")
fi
check "no test was skipped${may_skip:+, but for $may_skip} ($skipped of $total)" test "$skipped" -eq 0
check 'tests ran' test "$total" -gt 0
proved "$total" 'tests of ./mvnw verify'
