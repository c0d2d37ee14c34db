// The client under test for the `auth/*` scenarios: the official SDK with its own OAuth client, signing in without a person.
// The suite appends the scenario's address and says the rest in the environment:
//   node client.mjs http://localhost:PORT/mcp
// With CONFORMANCE_ROUTES, a JSON object of {SCENARIO: {port, url}}, the client is given the gateway's address instead: `url`
// of the scenario's route, whose upstream is a relay at `port`, which leads to the scenario's own address.
const {
  MCP_CONFORMANCE_SCENARIO: scenario,
  MCP_CONFORMANCE_PROTOCOL_VERSION: version,
  MCP_CONFORMANCE_CONTEXT: context = '{}',
  CONFORMANCE_ROUTES: routes,
} = process.env;
const address = process.argv.at(-1);

if (scenario.startsWith('auth/')) await (routes ? playThrough(JSON.parse(routes)[scenario]) : play(address));

async function playThrough({ port, url }) {
  const { startRelay } = await import('./relay.mjs');
  const relay = await startRelay(port, address);
  try {
    await play(url);
  } finally {
    await relay.close();
  }
}

async function play(url) {
  const { providerFor } = await import('./providers.mjs');
  const { SignedInSession } = await import('../../clients/signed-in-session.mjs');
  const sdk = { ...(await import('@modelcontextprotocol/client')), takesWholeCallback: true };
  const mode = version === '2026-07-28' ? { pin: version } : 'legacy';
  const provider = providerFor(scenario, JSON.parse(context));
  const session = new SignedInSession(sdk, url, provider, { client: { versionNegotiation: { mode } } });
  try {
    await session.run((client) => client.listTools());
    const { content } = await session.run((client) => client.callTool({ name: 'test-tool', arguments: {} }));
    console.log(`test-tool answered: ${content[0].text}`);
  } finally {
    await session.close();
  }
}
