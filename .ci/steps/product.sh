# The README's other command, as a user runs it: start, look, call, connect real clients, stop, start again.
. .ci/lib.sh
data=$work/data
proxy_port=$(free_port) console_port=$(free_port) management_port=$(free_port) everything_port=$(free_port)
proxy=http://127.0.0.1:$proxy_port console=http://127.0.0.1:$console_port
node=$(find "$PWD"/acceptance/clients/node_modules -path '*/node-linux-*/bin/node' | head -n 1)
product='' everything=''

clean_up() {
  end_process "$product" 30 || true
  end_process "$everything" 5 || true
}
trap clean_up EXIT

start_product() { # start_product LOG
  ./portcullis up --data "$data" --proxy-port "$proxy_port" --console-port "$console_port" --management-port "$management_port" \
    --upstream "everything=http://127.0.0.1:$everything_port/mcp" >"$1" 2>&1 &
  product=$!
  if ! wait_for 600 'the line "Portcullis is ready"' ready_or_gone "$1" || ! alive "$product"; then
    cat "$1"
    return 1
  fi
}
ready_or_gone() { grep -q '^Portcullis is ready' "$1" || gone "$product"; }

# Ctrl-C reaches the launcher and the JVM that it became.
stop_product() {
  local status=0
  kill -TERM "$product"
  wait_for 30 'the end of ./portcullis up' gone "$product"
  wait "$product" || status=$?
  product=''
  check "a stopped product ends in good order (exit code $status)" test "$status" -eq 0 -o "$status" -eq 143
}

PORT=$everything_port "$node" acceptance/clients/node_modules/@modelcontextprotocol/server-everything/dist/index.js streamableHttp \
  >"$work/everything.log" 2>&1 &
everything=$!
wait_for 20 'server-everything' grep -q 'listening on port' "$work/everything.log"

first=$work/first-start.log
start_product "$first"
cat "$first"
check 'the ready line comes with the address of each route' grep -q "$proxy/mcp/port-eu" "$first"
check 'and of the added upstream' grep -q "$proxy/mcp/everything" "$first"
check 'and of the console' grep -q "$console" "$first"
check 'the first start prints a password' grep -qi 'password' "$first"
check 'the first admin token is written' test -s "$data/admin-token"
check 'only its owner reads the data folder' test "$(stat -c %a "$data")" = 700

bash .ci/probe.sh "$proxy" "$console" "$data/admin-token"
bash .ci/probe-bad-input.sh "$proxy" "$console" "$data/admin-token"
check 'the proxy is alive' curl -fsS -o /dev/null "http://127.0.0.1:$management_port/livez"
check 'and ready' curl -fsS -o /dev/null "http://127.0.0.1:$management_port/readyz"

PORTCULLIS_PROXY=$proxy PORTCULLIS_CONSOLE=$console PORTCULLIS_ADMIN_TOKEN_FILE=$data/admin-token HOME=$work/home \
  "$node" --test --test-concurrency=1 acceptance/clients/clients.test.mjs acceptance/clients/connect.test.mjs | tee "$work/clients.log"
clients=$(sed -n 's/^. pass \([0-9]*\)$/\1/p' "$work/clients.log")
check 'the real clients were run' test "${clients:-0}" -gt 0

stop_product
second=$work/second-start.log
start_product "$second"
check 'a second start prints no password' test -z "$(grep -i 'password' "$second" || true)"
kept=$(curl -fsS -H "Authorization: Bearer $(cat "$data/admin-token")" "$console/api/v1/tool-calls?limit=500" | jq '.items | length')
check "a second start keeps the audit trail ($kept records)" test "$kept" -gt 0
stop_product

busy=0
"$node" -e "require('net').createServer().listen($proxy_port, '127.0.0.1', () => setTimeout(() => process.exit(), 60000))" &
blocker=$!
sleep 1
./portcullis up --data "$work/busy" --proxy-port "$proxy_port" --console-port "$console_port" --management-port "$management_port" \
  >"$work/busy.log" 2>&1 || busy=$?
kill "$blocker"
cat "$work/busy.log"
check "a busy port ends with exit code 2 (was $busy)" test "$busy" -eq 2
check 'and names the port' grep -q "$proxy_port" "$work/busy.log"

probes=$(grep -h -c '^ok: ' "$work"/product.log || true)
proved "$clients" 'tests with mcp-remote, the Inspector and server-everything'
proved "$probes" 'checks of ./portcullis up, as a user'
