# The MCP clients and the server that nobody here wrote, at the versions of acceptance/clients/package-lock.json.
. .ci/lib.sh
cd acceptance/clients
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
check 'the lock file names no download address' test -z "$(grep '"resolved"' package-lock.json || true)"
