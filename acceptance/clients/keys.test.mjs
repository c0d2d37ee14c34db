// Real clients with an API key of the gateway, on a route where callers end at the gateway.
//
// The gateway runs with `--upstream everything=…`, see .ci/steps/signin.sh; addresses come as gateway.mjs says.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {McpRemote} from './drive-mcp-remote.mjs';
import {api, endpoint, eventually, post, publish, recordOf} from './gateway.mjs';
import {inspect} from './inspector.mjs';
import {sdk1, sdk2} from './sdks.mjs';
import {watchedFetch} from './watched-fetch.mjs';

const ECHO = {name: 'echo', arguments: {message: 'hello'}};
const everything = endpoint('everything');

let home;
let key;
let worthless;

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-keys-'));
  await publish(document => {
    document.routes.everything.authentication = 'gateway';
    return {...document, rules: []};
  }, 'for clients with keys');
  ({key} = await post('/api-keys', {name: 'laptop-of-ada', routes: ['everything'], groups: ['developers']}));
  worthless = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
  await eventually(async () => assert.equal(await statusWith(key), 200));
});

after(() => rm(home, {recursive: true, force: true}));

async function statusWith(shown) {
  const clientInfo = {name: 'probe', version: '1'};
  const params = {protocolVersion: '2025-11-25', capabilities: {}, clientInfo};
  const response = await fetch(everything, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${shown}`,
    },
    body: JSON.stringify({jsonrpc: '2.0', id: 1, method: 'initialize', params}),
  });
  await response.body.cancel();
  return response.status;
}

for (const sdk of [sdk1, sdk2]) {
  describe(sdk.name, () => {
    async function connected(shown, story) {
      const watched = watchedFetch();
      const requestInit = {headers: {authorization: `Bearer ${shown}`}};
      const client = new sdk.Client({name: 'portcullis-acceptance', version: '1'});
      try {
        await client.connect(new sdk.StreamableHTTPClientTransport(new URL(everything), {fetch: watched.fetch, requestInit}));
        await story(client, watched);
      } finally {
        await client.close();
      }
    }

    test('is known by its key', () => connected(key, async (client, watched) => {
      const {content} = await client.callTool(ECHO);

      assert.equal(content[0].text, 'Echo: hello');
      const record = await recordOf(watched.last('tools/call').exchange);
      assert.equal(record.caller, 'key:laptop-of-ada');
      assert.equal(record.caller_kind, 'api_key');
      assert.deepEqual(record.caller_groups, ['developers']);
    }));

    test('is told that its key is not valid', () =>
      assert.rejects(connected(worthless, () => {}), /The API key is not valid for this route from here/));
  });
}

describe('mcp-remote', () => {
  const remote = shown => McpRemote.connect(everything, {headers: {authorization: `Bearer ${shown}`}, home});

  test('is known by its key', async () => {
    const client = await remote(key);
    try {
      const {content} = await client.request('tools/call', ECHO);

      assert.equal(content[0].text, 'Echo: hello');
    } finally {
      await client.close();
    }
  });

  test('tries to sign in with a key that is not valid, and shows why it cannot', () =>
    assert.rejects(remote(worthless), error => {
      assert.match(error.message, /Nobody signs in at the gateway itself/);
      assert.match(error.message, /the key or token it showed was not accepted/);
      return true;
    }));
});

describe('Inspector', () => {
  const echo = (shown, ...options) => inspect(everything, home, '--header', `Authorization: Bearer ${shown}`, ...options,
    '--method', 'tools/call', '--tool-name', 'echo', '--tool-arg', 'message=hello');

  test('is known by its key', async () => {
    const {code, stdout, stderr} = await echo(key);

    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).content[0].text, 'Echo: hello');
  });

  test('asks for a sign-in with a key that is not valid', async () => {
    const {code, stdout, stderr} = await echo(worthless);

    assert.equal(code, 3);
    assert.match(stdout + stderr, /auth_required/);
  });

  test('shows why when it may not sign in', async () => {
    const {code, stdout, stderr} = await echo(worthless, '--stored-auth-only');

    assert.equal(code, 3);
    assert.match(stdout + stderr, /The API key is not valid for this route from here/);
  });
});

test('a key that is revoked is worthless within a second', async () => {
  const made = await post('/api-keys', {name: 'for-a-moment', routes: ['everything']});
  await eventually(async () => assert.equal(await statusWith(made.key), 200));

  await api(`/api-keys/${made.id}`, {method: 'DELETE'});

  const since = Date.now();
  await eventually(async () => assert.equal(await statusWith(made.key), 401));
  assert.ok(Date.now() - since < 1_500, `${Date.now() - since} ms`);
});
