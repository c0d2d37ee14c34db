// The routes `auth-N` of the gateway, on which the client's own token goes to the upstream.

// Publishes the document in force with them as passthrough routes, waits until every replica has it, and gives for each the
// port of its upstream and the address that a client is given.
export async function passthroughRoutes(gateway, consoleUrl, token) {
  const api = restApi(consoleUrl, token);
  const document = await api('GET', '/policy');
  const ours = Object.entries(document.routes).filter(([name]) => /^auth-\d+$/.test(name));
  for (const [, route] of ours) route.authentication = 'passthrough';
  await api('PUT', '/policy/draft', document);
  const { version } = await api('POST', '/policy/publish', { comment: 'passthrough routes for the conformance suite' });
  await everywhere(api, version);
  return ours.map(([name, { upstream }]) => ({ port: Number(new URL(upstream).port), url: `${gateway}/mcp/${name}` }));
}

function restApi(consoleUrl, token) {
  return async (method, path, body) => {
    const response = await fetch(`${consoleUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer && JSON.parse(answer);
  };
}

async function everywhere(api, version) {
  for (let attempt = 0; attempt < 30; attempt++) {
    const { items } = await api('GET', '/replicas');
    if (items.length > 0 && items.every((replica) => replica.policyVersion === version)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`version ${version} did not reach the proxy`);
}
