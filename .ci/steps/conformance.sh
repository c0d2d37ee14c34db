# The official MCP conformance suite, directly and through ./portcullis up: its scenarios for servers against a fixture of ours,
# and those for clients that sign in against a client of ours.
. .ci/lib.sh
folder=acceptance/conformance
data=$work/conformance
ports=($(free_ports 64))
fixture_port=${ports[0]} proxy_port=${ports[1]} console_port=${ports[2]} management_port=${ports[3]}
gateway=http://127.0.0.1:$proxy_port
product=''
trap 'end_process "$product" 30 || true' EXIT

(cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
check 'the lock file names no download address' test -z "$(grep '"resolved"' "$folder/package-lock.json" || true)"
node=$(find "$PWD/$folder/node_modules" -path '*/node-linux-*/bin/node' | head -n 1)

"$node" --test "$folder"/suite/*.test.mjs "$folder"/client/*.test.mjs | tee "$work/conformance.tests"

# One for each scenario of each set that signs in.
passthrough=()
for ((route = 1; route <= 60; route++)); do
  passthrough+=(--upstream "auth-$route=http://127.0.0.1:${ports[route + 3]}/mcp")
done

ready_or_gone() { grep -q '^Portcullis is ready' "$work/conformance.up" || gone "$product"; }
./portcullis up --data "$data" --proxy-port "$proxy_port" --console-port "$console_port" --management-port "$management_port" \
  --upstream "conformance=http://127.0.0.1:$fixture_port/mcp" "${passthrough[@]}" --policy "$folder/policy.yaml" >"$work/conformance.up" 2>&1 &
product=$!
wait_for 600 'the line "Portcullis is ready"' ready_or_gone
cat "$work/conformance.up"
check './portcullis up is alive' alive "$product"

check 'the same checks pass through the gateway as directly' \
  "$node" "$folder/conformance.mjs" --fixture-port "$fixture_port" --gateway "$gateway/mcp/conformance" | tee "$work/conformance.table"
check 'clients sign in through the gateway as they do directly' \
  "$node" "$folder/authorization.mjs" --gateway "$gateway" --console "http://127.0.0.1:$console_port" \
  --admin-token-file "$data/admin-token" | tee "$work/authorization.table"
end_process "$product" 30
product=''
proved "$(sed -n 's/^. pass \([0-9]*\)$/\1/p' "$work/conformance.tests")" 'tests of the comparison and of its parts'
proved "$(grep -c '  same$' "$work/conformance.table")" 'scenarios of the MCP conformance suite, the same through the gateway as directly'
proved "$(grep -c '  same$' "$work/authorization.table")" 'scenarios of clients that sign in, the same through a passthrough route as directly'
