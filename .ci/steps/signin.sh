# Real clients that show who they are: by signing in at the upstream, through passthrough routes, and by the gateway's keys.
. .ci/lib.sh
clients=$PWD/acceptance/clients
data=$work/signin
node=$(find "$clients"/node_modules -path '*/node-linux-*/bin/node' | head -n 1)
ports=($(free_ports 10))
proxy_port=${ports[0]} console_port=${ports[1]} management_port=${ports[2]}
everything_port=${ports[3]} demo_port=${ports[4]} demo_auth_port=${ports[5]} recorder_port=${ports[6]}
declare -A sandbox=([port]=${ports[7]} [wrong-region]=${ports[8]} [issuer-mismatch]=${ports[9]})
started=()
trap 'for pid in "${started[@]}"; do end_process "$pid" 30 || true; done' EXIT

start() { # start LOG COMMAND...
  local log=$work/signin.$1.log
  shift
  "$@" >"$log" 2>&1 &
  started+=($!)
}

start everything env PORT="$everything_port" "$node" "$clients/node_modules/@modelcontextprotocol/server-everything/dist/index.js" streamableHttp
start demo env MCP_PORT="$demo_port" MCP_AUTH_PORT="$demo_auth_port" \
  "$node" "$clients/node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js" --oauth
start port ./portcullis sandbox --port "${sandbox[port]}" --oauth --fault short-tokens=3 --fault many-challenges
start wrong-region ./portcullis sandbox --port "${sandbox[wrong-region]}" --oauth --fault wrong-region
start issuer-mismatch ./portcullis sandbox --port "${sandbox[issuer-mismatch]}" --oauth --fault issuer-mismatch

upstreams=(--upstream "everything=http://127.0.0.1:$everything_port/mcp" --upstream "demo=http://localhost:$demo_port/mcp"
  --upstream "recorder=http://127.0.0.1:$recorder_port/mcp")
for name in "${!sandbox[@]}"; do
  upstreams+=(--upstream "$name=http://127.0.0.1:${sandbox[$name]}/v1")
done
start up env PORTCULLIS_PROXY_ALLOWED_ORIGINS=https://app.example.com ./portcullis up --data "$data" --proxy-port "$proxy_port" \
  --console-port "$console_port" --management-port "$management_port" "${upstreams[@]}"
product=${started[-1]}

ready_or_gone() { grep -q '^Portcullis is ready' "$work/signin.up.log" || gone "$product"; }
wait_for 600 'the line "Portcullis is ready"' ready_or_gone
cat "$work/signin.up.log"
check './portcullis up is alive' alive "$product"
wait_for 60 'server-everything' grep -q 'listening on port' "$work/signin.everything.log"
wait_for 60 "the SDK's demo server" grep -q 'MCP Streamable HTTP Server listening' "$work/signin.demo.log"
for name in "${!sandbox[@]}"; do
  wait_for 120 "the sandbox $name" grep -q '^The sandbox is ready' "$work/signin.$name.log"
done

PORTCULLIS_PROXY=http://127.0.0.1:$proxy_port PORTCULLIS_CONSOLE=http://127.0.0.1:$console_port \
  PORTCULLIS_ADMIN_TOKEN_FILE=$data/admin-token HOME=$work/home \
  "$node" --test --test-concurrency=1 "$clients/sign-in.test.mjs" "$clients/keys.test.mjs" | tee "$work/signin.tests"
proved "$(sed -n 's/^. pass \([0-9]*\)$/\1/p' "$work/signin.tests")" 'tests with clients that sign in, or have a key of the gateway'
