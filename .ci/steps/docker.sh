# What needs a container engine: the database tests on a PostgreSQL image, and docker-compose.yml on images built here.
. .ci/lib.sh
lowest_port=25000
engine='' compose_up=''
clean_up() {
  [ -z "$compose_up" ] || compose down -v --remove-orphans -t 5 || true
  end_process "$engine" 30 || true
  umount "$work"/engine/run/netns/* 2>/dev/null || true
}
trap clean_up EXIT

# An engine of our own, with its own data, unless one answers already.
if ! docker info >/dev/null 2>&1; then
  export DOCKER_HOST=unix://$work/docker.sock
  mkdir -p "$work/engine"
  dockerd --host "$DOCKER_HOST" --data-root "$work/engine/data" --exec-root "$work/engine/run" --pidfile "$work/engine/pid" \
    >"$work/dockerd.log" 2>&1 &
  engine=$!
  wait_for 30 'the Docker engine' docker info || { cat "$work/dockerd.log"; exit 1; }
fi
if docker compose version >/dev/null 2>&1; then
  compose() { docker compose -p portcullis-ci "$@"; }
else
  compose() { docker-compose -p portcullis-ci "$@"; }
fi
lap=$SECONDS
took() { echo "took $((SECONDS - lap)) s: $1"; lap=$SECONDS; }

deploy/ci/build-base-images.sh
took 'the base images'

find_opa
maven_options
# The tests of what is nearest to the database, on a container; PORTCULLIS_CI_DATABASE_TESTS=all takes every test that uses a database,
# which the build step has run on the embedded one already. Testcontainers must neither pull its own helper image nor believe that it
# runs inside a container; nothing may be skipped. What the build step has compiled is not compiled again.
chosen='/(database|ledger)/'
chosen+='|/(TamperTest|InDatabaseTest|CatalogInDatabaseTest|PolicySubscriptionTest|ToolCallApiTest|PolicyApiTest|KillApiTest)\.java$'
[ "${PORTCULLIS_CI_DATABASE_TESTS:-}" != all ] || chosen='.'
test_sources() { find . -path '*/src/test/java/*.java' -exec grep "$@" {} +; }
is_test='@(Test|TestFactory|ParameterizedTest)\b'
fixtures=$(test_sources -LE "$is_test" | xargs grep -l 'TestDatabase\.create()' | sed 's|.*/||; s|\.java$||' | paste -sd'|')
mapfile -t sources < <(test_sources -lE "$is_test" | xargs grep -lwE "TestDatabase${fixtures:+|$fixtures}" | cut -c 3- |
  grep -E "$chosen")
check 'there are database tests' test "${#sources[@]}" -gt 0
modules=$(printf '%s\n' "${sources[@]}" | cut -d / -f 1 | sort -u | paste -sd,)
classes=$(printf '%s\n' "${sources[@]}" | sed 's|.*/||; s|\.java$||' | paste -sd,)
find . -path '*/target/surefire-reports/TEST-*.xml' -delete
TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
  ./mvnw -B "${options[@]}" test -Ptestcontainers -pl "$modules" -am -Dtest="$classes" -Dsurefire.failIfNoSpecifiedTests=false \
  -Dportcullis.fuzz.skip=true -Dmaven.compiler.useIncrementalCompilation=false
mapfile -t reports < <(find . -path '*/target/surefire-reports/TEST-*.xml')
read -r total bad _ < <(count_tests "${reports[@]}")
skipped=$(count_skipped "${reports[@]}")
check "each of ${#sources[@]} test classes has a report" test "${#reports[@]}" -eq "${#sources[@]}"
check "no database test failed ($bad of $total)" test "$bad" -eq 0
check "and none was skipped ($skipped of $total)" test "$skipped" -eq 0
check 'they ran against a container' test "$(grep -l 'name="portcullis.test.postgres" value="container"' "${reports[@]}" | wc -l)" -eq "${#reports[@]}"
took "$total database tests"
proved "$total" 'database tests on a PostgreSQL container'

# docker-compose.yml, as docs/operations describes it.
export PORTCULLIS_DATABASE_PASSWORD PORTCULLIS_PROXY_PORT PORTCULLIS_CONSOLE_PORT
PORTCULLIS_DATABASE_PASSWORD=$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')
PORTCULLIS_PROXY_PORT=$(free_port) PORTCULLIS_CONSOLE_PORT=$(free_port)
compose_up=yes
export DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0
compose build -q
took 'the image of the product'
compose up -d || { compose logs --no-color; exit 1; }
healthy() { test "$(docker inspect -f '{{.State.Health.Status}}' "$(compose ps -q "$1")")" = healthy; }
for service in sandbox proxy console; do
  wait_for 120 "$service" healthy "$service" || { compose logs --no-color; exit 1; }
done
took 'docker-compose up'

compose logs --no-color console >"$work/console.log"
check 'the first password is in the log of the console' grep -q 'password' "$work/console.log"
grep -o 'pca_[A-Za-z0-9_-]*' "$work/console.log" | head -n 1 >"$work/compose-token" || true
check 'so is the first token of the REST API' test -s "$work/compose-token"
check 'nothing runs as root' test "$(docker inspect -f '{{.Config.User}}' "$(compose ps -q proxy)")" = 10001:10001
bash .ci/probe.sh "http://127.0.0.1:$PORTCULLIS_PROXY_PORT" "http://127.0.0.1:$PORTCULLIS_CONSOLE_PORT" "$work/compose-token" \
  || { compose logs --no-color; exit 1; }
took 'the probe'

compose up -d --force-recreate || { compose logs --no-color; exit 1; }
wait_for 120 'the console of the second start' healthy console
compose logs --no-color console >"$work/console-again.log"
check 'a second start prints no password' test -z "$(grep 'password' "$work/console-again.log" || true)"
took 'a second start'

compose down -v --remove-orphans -t 10
compose_up=''
check 'nothing is left running' test -z "$(docker ps -q)"
took 'docker-compose down'
proved "$(grep -c '^ok: ' "$work/docker.log")" 'checks of docker-compose.yml and its surroundings'
