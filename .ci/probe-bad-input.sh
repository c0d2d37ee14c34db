# What a hostile or broken client may send: `bash .ci/probe-bad-input.sh PROXY_URL CONSOLE_URL ADMIN_TOKEN_FILE`. Each gets a
# clear error and a record, and the gateway goes on.
. .ci/lib.sh
proxy=$1 console=$2 token=$(cat "$3")
mcp=$proxy/mcp/port-eu
scratch=$(mktemp -d "$work/bad-input.XXXXXX")
first_look=$scratch/before

records() { curl -fsS -m 20 -H "Authorization: Bearer $token" "$console/api/v1/tool-calls/export?format=ndjson" | wc -l; }

explained() { jq -e '(.error.code | type == "number") and (.error.message | length > 0) and (has("id") and .id == null | not)' "$scratch/body" >/dev/null; }

# refused NAME STATUS CURL-ARGUMENT...: the HTTP status that must come back, with a JSON-RPC error that repeats no id it guessed.
refused() {
  local name=$1 status=$2 actual
  shift 2
  actual=$(curl -sS -m 30 -o "$scratch/body" -w '%{http_code}' -X POST "$mcp" -H 'Accept: application/json, text/event-stream' \
    -H 'Content-Type: application/json' "$@")
  check "$name is HTTP $status (was $actual)" test "$actual" = "$status"
  check "$name is a JSON-RPC error without a guessed id" explained
  sent=$((sent + 1))
}

sent=0
records >"$first_look"
printf '{"jsonrpc":"2.0","id":1,"method":"ping","padding":"%s"}' "$(head -c 10485760 /dev/zero | tr '\0' x)" >"$scratch/huge"
{ printf '{"jsonrpc":"2.0","id":1,"method":"ping","params":'; printf '[%.0s' {1..10000}; printf ']%.0s' {1..10000}; printf '}'; } >"$scratch/deep"

refused 'text that is not JSON' 400 -d 'hello'
refused 'an array of messages' 400 -d '[{"jsonrpc":"2.0","id":1,"method":"ping"}]'
refused 'a duplicate key' 400 -d '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}'
refused 'data after the message' 400 -d '{"jsonrpc":"2.0","id":1,"method":"ping"} {}'
refused '10,000 levels of nesting' 400 --data-binary @"$scratch/deep"
refused 'a wrong media type' 415 -H 'Content-Type: text/plain' -d '{"jsonrpc":"2.0","id":1,"method":"ping"}'

actual=$(curl -sS -m 60 -o /dev/null -w '%{http_code}' -X POST "$mcp" -H 'Content-Type: application/json' \
  -H 'Accept: application/json, text/event-stream' -H 'Expect:' --data-binary @"$scratch/huge" || true)
check "10 MiB is HTTP 413 (was $actual)" test "$actual" = 413
sent=$((sent + 1))

every_one_is_recorded() { test "$(records)" -ge $(($(cat "$first_look") + sent)); }
wait_for 5 "$sent records of refusals" every_one_is_recorded
check 'each is on record' every_one_is_recorded
