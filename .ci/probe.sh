# A user's first minutes with a fresh gateway, with curl: `bash .ci/probe.sh PROXY_URL CONSOLE_URL ADMIN_TOKEN_FILE`.
# Route port-eu leads to the sandbox under the starting rule: nothing but reading.
. .ci/lib.sh
proxy=$1 console=$2 token=$(cat "$3")
mcp=$proxy/mcp/port-eu
headers=$(mktemp "$work/headers.XXXXXX")
session=()

# Posts one JSON-RPC message and prints the response's JSON, also when it came as an event stream.
call() { # call URL BODY
  curl -sS -m 20 -D "$headers" -X POST "$1" -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \
    "${session[@]}" -d "$2" | sed -n -e 's/^data: *//' -e '/^{/p'
}
status() { sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$headers"; }
header() { sed -n "s/^$1: *\([^\r]*\)\r*$/\1/ip" "$headers"; }
api() { curl -sS -m 20 -H "Authorization: Bearer $token" "$@"; }
json() { jq -e "$2" >/dev/null <<<"$1"; } # json TEXT FILTER: whether the filter's result is true

answer=$(call "$mcp" '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}')
check 'the sandbox answers initialize through the gateway' json "$answer" '.result.serverInfo.name | length > 0'
check 'every response names its exchange' test -n "$(header portcullis-exchange)"
session=(-H "Mcp-Session-Id: $(header mcp-session-id)" -H 'MCP-Protocol-Version: 2025-06-18')
call "$mcp" '{"jsonrpc":"2.0","method":"notifications/initialized"}' >/dev/null
check 'a notification is accepted' test "$(status)" = 202

answer=$(call "$mcp" '{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}')
check 'reading tools are listed' json "$answer" '[.result.tools[].name] | contains(["list_entities", "list_blueprints"])'
check 'writing tools are not' json "$answer" \
  '[.result.tools[].name] | any(. == "delete_entity" or . == "upsert_entity" or . == "run_action") | not'

answer=$(call "$mcp" '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list_blueprints","arguments":{}}}')
check 'a reading tool is called' json "$answer" '(.result.isError // false | not) and (.result.content | length > 0)'

answer=$(call "$mcp" '{"jsonrpc":"2.0","id":"four","method":"tools/call","params":{"name":"delete_entity","arguments":{"blueprintIdentifier":"service","entityIdentifier":"checkout"}}}')
denied=$(header portcullis-exchange)
check 'a deleting tool is refused in band' json "$answer" '.id == "four" and .result.isError == true'
check 'the refusal says why' json "$answer" '.result.content[0].text | startswith("Blocked by policy:") and contains("NOT executed")'
check 'and carries its decision' json "$answer" \
  ".result._meta[\"dev.portcullis/decision\"] | .exchange == \"$denied\" and (.rules | index(\"read-only-by-default\") != null)"
check 'it is an ordinary answer' test "$(status)" = 200

answer=$(call "$proxy/mcp/nowhere" '{"jsonrpc":"2.0","id":5,"method":"tools/list","params":{}}')
check "an unknown route is an HTTP error ($(status))" test "$(status)" -ge 400
check 'with a JSON-RPC error' json "$answer" '.error.message | length > 0'

check 'the console shows itself' test "$(curl -sS -o /dev/null -w '%{http_code}' -L "$console/")" = 200
check 'the REST API asks for a token' test "$(curl -sS -o /dev/null -w '%{http_code}' "$console/api/v1/policy")" = 401
check 'the OpenAPI description is served' json "$(api "$console/api/openapi.json")" '.openapi | startswith("3.")'
policy=$(api -H 'Accept: application/json' "$console/api/v1/policy")
check 'the published policy is the starting one' json "$policy" '.apiVersion == "portcullis/v1" and ([.rules[].id] == ["read-only-by-default"])'

record_of() { api "$console/api/v1/tool-calls/$1"; }
recorded() { json "$(record_of "$1")" '.decision == "denied"'; }
wait_for 5 'the audit record of the refusal' recorded "$denied"
record=$(record_of "$denied")
check 'the refusal is on record' json "$record" \
  '.tool == "delete_entity" and .outcome == "denied" and .route == "port-eu" and .rules == ["read-only-by-default"] and .tool_class == "delete"'
check 'with its arguments' json "$record" '.arguments | tostring | contains("checkout")'
trail=$(api "$console/api/v1/tool-calls?limit=100")
check 'so is the allowed call' json "$trail" '[.items[] | select(.tool == "list_blueprints" and .outcome == "succeeded")] | length == 1'
check 'and the call on no route' json "$trail" '[.items[] | select(.decision == "none")] | length > 0'

kill_id=$(api -X POST "$console/api/v1/kills" -H 'Content-Type: application/json' \
  -d '{"scope":{"organization":true},"reason":"a probe of the kill switch"}' | jq -r .id)
killed() { call "$mcp" '{"jsonrpc":"2.0","id":6,"method":"tools/list","params":{}}' >/dev/null; test "$(status)" = 403; }
released() { call "$mcp" '{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}}' >/dev/null; test "$(status)" = 200; }
wait_for 2 'the kill to be obeyed' killed
check 'an organization-wide kill cuts everybody off' killed
check 'a kill is released' test "$(api -o /dev/null -w '%{http_code}' -X DELETE "$console/api/v1/kills/$kill_id")" = 204
wait_for 2 'the release to be obeyed' released
check 'and then they are back' released
