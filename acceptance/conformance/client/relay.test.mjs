// The relay changes what it has to, and nothing else.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { startRelay } from './relay.mjs';

let server;
let origin;
let relay;

before(async () => {
  server = createServer(async (request, response) => {
    const longer = `${origin}9`;
    if (request.url === '/authorize') {
      return response.writeHead(302, { location: `http://client/callback?iss=${encodeURIComponent(origin)}&code=1` }).end();
    }
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify({ resource: `${origin}/mcp`, authorization_servers: [longer] }));
    }
    response.setHeader('www-authenticate', `Bearer resource_metadata="${origin}/metadata", scope="a"`);
    response.writeHead(401, { 'x-host': request.headers.host });
    response.flushHeaders();
    for await (const chunk of request) response.write(chunk);
    response.end(` at ${origin}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${server.address().port}`;
  relay = await startRelay(0, `${origin}/mcp`);
});

after(async () => {
  await relay.close();
  server.close();
});

test('a challenge names the relay, a body that is no metadata stays as it is', async () => {
  const response = await fetch(`${relay.origin}/mcp`, { method: 'POST', body: 'hello' });

  assert.equal(response.status, 401);
  assert.equal(response.headers.get('www-authenticate'), `Bearer resource_metadata="${relay.origin}/metadata", scope="a"`);
  assert.equal(response.headers.get('x-host'), new URL(origin).host);
  assert.equal(await response.text(), `hello at ${origin}`);
});

test('metadata name the relay, and other servers as they are', async () => {
  const response = await fetch(`${relay.origin}/metadata`);

  assert.deepEqual(await response.json(), { resource: `${relay.origin}/mcp`, authorization_servers: [`${origin}9`] });
});

test('a redirect names the relay as the issuer', async () => {
  const response = await fetch(`${relay.origin}/authorize`, { redirect: 'manual' });

  assert.equal(response.headers.get('location'), `http://client/callback?iss=${encodeURIComponent(relay.origin)}&code=1`);
});
