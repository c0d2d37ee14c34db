# Sourced by the steps. Stops at the first error; what a step started, it ends by its process id.
set -euo pipefail
work=${PORTCULLIS_CI_WORK:?run this through .ci/run}
checks=0

# Runs a check that a reader can name: `check "what must hold" command...`.
check() {
  local what=$1
  shift
  if "$@"; then
    checks=$((checks + 1))
    echo "ok: $what"
  else
    echo "NOT SO: $what" >&2
    echo "   ran: $*" >&2
    return 1
  fi
}

# The step's sentence in the report of .ci/run.
proved() { echo "proved $1: $2"; }

# Sets `options` to those of every ./mvnw.
maven_options() {
  options=()
  [ -z "${PORTCULLIS_CI_EMPTY_REPOSITORY:-}" ] || options+=("-Dmaven.repo.local=$work/maven-repository")
}

# A TCP port of loopback that nobody listens on now. A step that runs beside others takes its own range.
lowest_port=20000
free_port() {
  local port
  while :; do
    port=$((lowest_port + RANDOM % 5000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# That many different ones, separated by spaces.
free_ports() { # free_ports N
  local -A chosen=()
  while ((${#chosen[@]} < $1)); do
    chosen[$(free_port)]=free
  done
  echo "${!chosen[@]}"
}

# Waits for a condition: `wait_for SECONDS "what" command...`.
wait_for() {
  local limit=$1 what=$2 since=$SECONDS
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ((SECONDS - since >= limit)); then
      echo "waited $limit s in vain for $what" >&2
      return 1
    fi
    sleep 0.2
  done
}

alive() { kill -0 "$1" 2>/dev/null; }
gone() { ! alive "$1"; }

# Asks a process to end, by its id, and gives it time to do so.
end_process() { # end_process PID SECONDS
  [ -n "$1" ] && alive "$1" || return 0
  kill -TERM "$1"
  wait_for "$2" "the end of process $1" gone "$1" || { kill -KILL "$1"; return 1; }
}

# The tests in a module's reports, as "RUN BAD SKIPPED".
count_tests() { # count_tests REPORT.xml...
  local total=0 bad=0 skipped=0 report
  number() { grep -m 1 -o "<testsuite [^>]*" "$report" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
  for report in "$@"; do
    total=$((total + $(number tests)))
    bad=$((bad + $(number errors) + $(number failures)))
    skipped=$((skipped + $(number skipped)))
  done
  echo "$total $bad $skipped"
}

# Finds the policy compiler. Where there is one, the scenarios also run against a real OPA server, Rego of an organization is
# compiled, and none of that may be skipped.
find_opa() {
  local opa=${OPA:-../shared/tools/opa}
  unset OPA
  [ ! -x "$opa" ] || { OPA=$(realpath "$opa"); export OPA; }
}

# How many tests were skipped, but for those that need an opa where there is none.
count_skipped() { # count_skipped REPORT.xml...
  local needs_opa='dev\.portcullis\.policy\.(engine\.(ScenarioTest|OwnRulesTest|EnginesAgreeTest)|rego\.)|OwnRegoApiTest|ModuleCheckTest'
  needs_opa+='|OwnRulesInForceTest|PolicyTestCommandTest|OpaServerTest|OpaServerIT'
  local counted=() report
  for report in "$@"; do
    [ -z "${OPA:-}" ] && [[ $report =~ $needs_opa ]] || counted+=("$report")
  done
  count_tests "${counted[@]}" | cut -d ' ' -f 3
}
