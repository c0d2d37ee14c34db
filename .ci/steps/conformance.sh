# The official MCP conformance suite, against a fixture of ours: directly, and through ./portcullis up.
. .ci/lib.sh
folder=acceptance/conformance
data=$work/conformance
fixture_port=$(free_port) proxy_port=$(free_port) console_port=$(free_port) management_port=$(free_port)
gateway=http://127.0.0.1:$proxy_port/mcp/conformance
product=''
trap 'end_process "$product" 30 || true' EXIT

(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
check 'the lock file names no download address' test -z "$(grep '"resolved"' "$folder/package-lock.json" || true)"
node=$(find "$PWD/$folder/node_modules" -path '*/node-linux-*/bin/node' | head -n 1)

"$node" --test "$folder/suite/comparison.test.mjs" | tee "$work/conformance.tests"

ready_or_gone() { grep -q '^Portcullis is ready' "$work/conformance.up" || gone "$product"; }
./portcullis up --data "$data" --proxy-port "$proxy_port" --console-port "$console_port" --management-port "$management_port" \
  --upstream "conformance=http://127.0.0.1:$fixture_port/mcp" --policy "$folder/policy.yaml" >"$work/conformance.up" 2>&1 &
product=$!
wait_for 600 'the line "Portcullis is ready"' ready_or_gone
cat "$work/conformance.up"
check './portcullis up is alive' alive "$product"

check 'the same checks pass through the gateway as directly' \
  "$node" "$folder/conformance.mjs" --fixture-port "$fixture_port" --gateway "$gateway" | tee "$work/conformance.table"
end_process "$product" 30
product=''
proved "$(sed -n 's/^. pass \([0-9]*\)$/\1/p' "$work/conformance.tests")" 'tests of the comparison'
proved "$(grep -c '  same$' "$work/conformance.table")" 'scenarios of the MCP conformance suite, the same through the gateway as directly'
