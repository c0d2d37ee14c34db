// Real clients that sign in at the upstream, through passthrough routes of a running gateway.
//
// The gateway runs with `--upstream port=…` and further ones, see .ci/steps/signin.sh; addresses come as gateway.mjs says.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {browserFetch} from './browser-fetch.mjs';
import {McpRemote} from './drive-mcp-remote.mjs';
import {api, endpoint, eventually, exported, metadataOf, origin, post, publish, recordOf, upstreamsByRoute} from './gateway.mjs';
import {HeadlessSignIn} from './headless-sign-in.mjs';
import {RecordingUpstream} from './recording-upstream.mjs';
import {sdk1, sdk2} from './sdks.mjs';
import {SignedInSession} from './signed-in-session.mjs';
import {watchedFetch} from './watched-fetch.mjs';

const PASSTHROUGH = ['port', 'demo', 'wrong-region', 'issuer-mismatch', 'recorder'];
const TOOLS = {port: {name: 'list_blueprints', arguments: {}}, demo: {name: 'greet', arguments: {name: 'Ada'}}};
/** What a client has to say about them, with or without a gateway. Version 1 does not look at the issuer. */
const FAULTS = {
  'wrong-region': () => /Server returned 401/,
  'issuer-mismatch': sdk => (sdk === sdk1 ? /an answer/ : /Issuer mismatch/),
};
const PAGE = 'https://app.example.com';
const REFRESHED_WITHIN_MS = 10_000;

/** Where each route leads. */
let upstreams;
let home;
let recorder;
/** Every credential that was used here. */
const secrets = new Set();

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-sign-in-'));
  await publish(document => {
    const {routes} = document;
    PASSTHROUGH.forEach(route => (routes[route].authentication = 'passthrough'));
    routes['recorder-open'] = {upstream: routes.recorder.upstream, authentication: 'open'};
    routes['recorder-keys'] = {upstream: routes.recorder.upstream, authentication: 'gateway'};
    return {...document, rules: []};
  }, 'for clients that sign in');
  upstreams = await upstreamsByRoute();
  recorder = await RecordingUpstream.listen(new URL(upstreams.recorder).port);
});

after(async () => {
  await recorder?.close();
  await rm(home, {recursive: true, force: true});
});

/** A client that has not signed in yet. */
function client(sdk, url, {fetch: used = fetch} = {}) {
  const watched = watchedFetch(used);
  const signIn = new HeadlessSignIn({name: 'portcullis-acceptance', onTokens: keep});
  const session = new SignedInSession(sdk, url, signIn, {transport: {fetch: watched.fetch}});
  const call = tool => session.run(connected => connected.callTool(tool));
  return {call, watched, signIn, close: () => session.close()};
}

async function using(visitor, story) {
  try {
    return await story(visitor);
  } finally {
    await visitor.close();
  }
}

function keep({access_token: access, refresh_token: refresh}) {
  [access, refresh].filter(Boolean).forEach(token => secrets.add(token));
}

for (const sdk of [sdk1, sdk2]) {
  describe(sdk.name, () => {
    for (const route of ['demo', 'port']) {
      test(`finds its way from a 401 to an answer of ${route}`, () => using(client(sdk, endpoint(route)), async visitor => {
        const result = await visitor.call(TOOLS[route]);

        assert.notEqual(result.isError, true, JSON.stringify(result));
        const urls = visitor.watched.urls();
        assert.ok(urls.includes(metadataOf(route)), `${urls}`);
        assert.ok(!urls.includes(upstreams[route]), 'the client never speaks to the upstream itself');
        assert.equal(new URL(visitor.signIn.authorizationUrls[0]).searchParams.get('resource'), endpoint(route));
        assert.equal(visitor.signIn.authorizationUrls.length, 1);
        const record = await recordOf(visitor.watched.last('tools/call').exchange);
        assert.equal(record.caller_kind, 'passthrough');
        assert.match(record.caller, /^token:[0-9a-f]+$/);
        assert.equal(record.tool, TOOLS[route].name);
        assert.equal(record.outcome, 'succeeded');
      }));
    }

    test('refreshes its token without a person, and its session goes on', () => using(client(sdk, endpoint('port')), async visitor => {
      await visitor.call(TOOLS.port);
      const first = await recordOf(visitor.watched.last('tools/call').exchange);
      const {access_token: token} = visitor.signIn.tokens();

      const deadline = Date.now() + REFRESHED_WITHIN_MS;
      while (visitor.signIn.tokens().access_token === token && Date.now() < deadline) {
        await visitor.call(TOOLS.port);
      }

      const last = await recordOf(visitor.watched.last('tools/call').exchange);
      assert.notEqual(visitor.signIn.tokens().access_token, token);
      assert.equal(visitor.signIn.authorizationUrls.length, 1);
      assert.equal(visitor.watched.requests.filter(({message, status}) => message?.method === 'initialize' && status === 200).length, 1);
      assert.equal(last.outcome, 'succeeded');
      assert.equal(last.caller, first.caller, 'another token of the same person is the same caller');
    }));

    for (const [fault, expected] of Object.entries(FAULTS)) {
      test(`meets ${fault} as it does without the gateway`, async () => {
        const meet = url => using(client(sdk, url), async visitor => ({
          outcome: await visitor.call(TOOLS.port).then(() => 'an answer', error => withoutAddresses(error.message)),
          signIns: visitor.signIn.authorizationUrls.length,
        }));

        const through = await meet(endpoint(fault));

        assert.match(through.outcome, expected(sdk));
        assert.deepEqual(through, await meet(upstreams[fault]));
      });
    }
  });
}

const withoutAddresses = text => text.replaceAll(/https?:\/\/[^\s"',)]+/g, 'URL').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');

test('mcp-remote signs in when somebody follows the address that it prints', async () => {
  const visits = [];
  const visit = url => visits.push(fetch(url).then(response => response.text()));
  const remote = await McpRemote.connect(endpoint('port'), {home, visit});
  try {
    const result = await remote.request('tools/call', TOOLS.port);

    assert.notEqual(result.isError, true, JSON.stringify(result));
    assert.equal(visits.length, 1);
    await Promise.all(visits);
    const {items} = await eventually(async () => {
      const page = await api('/tool-calls?route=port&tool=list_blueprints&limit=1');
      assert.match(page.items[0].client_name, /mcp-remote/);
      return page;
    });
    assert.equal(items[0].caller_kind, 'passthrough');
    assert.equal(items[0].outcome, 'succeeded');
  } finally {
    await remote.close();
  }
});

test('a page of a listed origin signs in under the rules of a browser', () => {
  const visitor = client(sdk2, endpoint('port'), {fetch: browserFetch(PAGE, origin)});
  return using(visitor, async page => {
    const result = await page.call(TOOLS.port);

    assert.notEqual(result.isError, true, JSON.stringify(result));
    assert.ok(page.watched.last('tools/call').exchange, 'the page may see the id of its audit record');
  });
});

test('a page of another origin may not call', async () => {
  const visitor = client(sdk2, endpoint('port'), {fetch: browserFetch('https://evil.example', origin)});

  await using(visitor, page => assert.rejects(page.call(TOOLS.port), /CORS: the page may not ask/));
});

describe('a credential', () => {
  const call = {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name: 'note', arguments: {}}};
  const show = (route, credential) => fetch(endpoint(route), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${credential}`,
    },
    body: JSON.stringify(call),
  });
  const reached = credential => recorder.requests.filter(request => JSON.stringify(request).includes(credential));

  test('goes to the upstream of its route, and to no other', async () => {
    const token = `token-${randomUUID()}`;
    secrets.add(token);

    const passed = await show('recorder', token);
    const open = await show('recorder-open', token);
    const keys = await show('recorder-keys', token);
    await show('port', token);
    await fetch(metadataOf('recorder'), {headers: {authorization: `Bearer ${token}`}});

    assert.deepEqual([passed.status, open.status, keys.status], [200, 200, 401]);
    assert.deepEqual(reached(token).map(request => request.headers.authorization), [`Bearer ${token}`]);
    assert.equal((await recordOf(passed.headers.get('portcullis-exchange'))).caller_kind, 'passthrough');
    assert.equal((await recordOf(open.headers.get('portcullis-exchange'))).caller_kind, 'anonymous');
  });

  test('of the gateway itself goes to no upstream', async () => {
    const {key} = await post('/api-keys', {name: 'on-the-wrong-route'});
    secrets.add(key);

    const passed = await show('recorder', key);
    const kept = await eventually(async () => {
      const response = await show('recorder-keys', key);
      assert.equal(response.status, 200);
      return response;
    });

    assert.equal(passed.status, 401);
    assert.match((await passed.json()).error.message, /not for the upstream/);
    assert.deepEqual(reached(key), []);
    const record = await recordOf(kept.headers.get('portcullis-exchange'));
    assert.equal(record.caller, 'key:on-the-wrong-route');
    assert.equal(record.caller_kind, 'api_key');
    assert.equal((await recordOf(passed.headers.get('portcullis-exchange'))).refusal, 'key_not_forwarded');
  });
});

test('no credential is in the audit trail', async () => {
  const trail = (await Promise.all([...PASSTHROUGH, 'recorder-open', 'recorder-keys'].map(exported))).join('');

  assert.ok(secrets.size > 10, `${secrets.size} credentials were used`);
  assert.ok(trail.includes('list_blueprints'));
  assert.deepEqual([...secrets].filter(secret => trail.includes(secret)), []);
});
