// Two clients that nobody here wrote, through a running gateway, to a server that nobody here wrote.
//
// The gateway runs with `up --upstream everything=URL`; its addresses come in PORTCULLIS_PROXY, PORTCULLIS_CONSOLE and
// PORTCULLIS_ADMIN_TOKEN_FILE. Run by CI with the Node.js that package.json pins: `node --test clients.test.mjs`.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {McpRemote} from './drive-mcp-remote.mjs';
import {endpoint, publish as publishDocument, recordOf} from './gateway.mjs';
import {inspect as runInspector} from './inspector.mjs';

const everything = endpoint('everything');
const portEu = endpoint('port-eu');
let home;

const publish = (rules, comment) => publishDocument(document => ({...document, rules}), comment);
const inspect = (url, ...options) => runInspector(url, home, ...options);

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-clients-'));
  await publish([
    {id: 'no-environment', match: {routes: ['everything']}, deniedTools: ['get-env', 'gzip-*'], message: 'The environment holds secrets.'},
    {id: 'issues-only', match: {routes: ['port-eu']}, allowedActions: ['create_github_issue']},
  ], 'for the real clients');
});

after(async () => {
  await publish([{id: 'read-only-by-default', readOnly: true}], 'as it was');
  await rm(home, {recursive: true, force: true});
});

describe('Inspector', () => {
  test('lists what the policy shows', async () => {
    const {code, stdout, stderr} = await inspect(everything, '--method', 'tools/list');

    assert.equal(code, 0, stderr);
    const names = JSON.parse(stdout).tools.map(tool => tool.name);
    assert.ok(names.includes('echo'), `${names}`);
    assert.ok(!names.includes('get-env') && !names.some(name => name.startsWith('gzip-')), `${names}`);
  });

  test('calls an allowed tool', async () => {
    const {code, stdout, stderr} = await inspect(everything, '--method', 'tools/call', '--tool-name', 'echo', '--tool-arg', 'message=hello');

    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).content[0].text, 'Echo: hello');
  });

  test('does not find a hidden tool', async () => {
    const {code, stderr} = await inspect(everything, '--method', 'tools/call', '--tool-name', 'get-env');

    assert.equal(code, 5);
    assert.match(stderr, /tool_not_found/);
  });

  test('shows why a visible tool was refused', async () => {
    const {code, stdout, stderr} = await inspect(portEu, '--method', 'tools/call', '--tool-name', 'run_action',
      '--tool-arg', 'actionIdentifier=deploy_service', '--tool-arg', 'properties={}');

    assert.equal(code, 5);
    assert.match(stdout + stderr, /Blocked by policy:/);
    assert.match(stdout + stderr, /NOT executed/);
  });
});

describe('mcp-remote', () => {
  async function connected(url, headers, story) {
    const remote = await McpRemote.connect(url, {headers, home});
    try {
      await story(remote);
    } finally {
      await remote.close();
    }
  }

  test('lists what the policy shows, and calls an allowed tool', () => connected(everything, {}, async remote => {
    const {tools} = await remote.request('tools/list');
    const {content} = await remote.request('tools/call', {name: 'echo', arguments: {message: 'hello'}});

    assert.equal(remote.server.serverInfo.name, 'mcp-servers/everything');
    assert.ok(tools.some(tool => tool.name === 'echo'));
    assert.ok(!tools.some(tool => tool.name === 'get-env'));
    assert.equal(content[0].text, 'Echo: hello');
  }));

  test('passes a refusal on, and the refusal is on record', () => connected(everything, {}, async remote => {
    const result = await remote.request('tools/call', {name: 'get-env', arguments: {}});

    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /^Blocked by policy:/);
    assert.match(result.content[0].text, /NOT executed/);
    assert.match(result.content[0].text, /The environment holds secrets\./);
    const {exchange, rules} = result._meta['dev.portcullis/decision'];
    assert.deepEqual(rules, ['no-environment']);
    const record = await recordOf(exchange);
    assert.equal(record.decision, 'denied');
    assert.equal(record.tool, 'get-env');
    assert.equal(record.client_name?.includes('portcullis-acceptance'), true, record.client_name);
  }));

  test('tightens with its own header', () => connected(everything, {'x-read-only-mode': '1'}, async remote => {
    const {tools} = await remote.request('tools/list');
    const result = await remote.request('tools/call', {name: 'echo', arguments: {message: 'hello'}});

    assert.deepEqual(tools, [], 'a server whose annotations nobody trusts has no reading tools');
    assert.equal(result.isError, true);
    assert.deepEqual(result._meta['dev.portcullis/decision'].rules, ['client:x-read-only-mode']);
  }));

  test('receives progress while a tool runs', () => connected(everything, {}, async remote => {
    const result = await remote.request('tools/call', {name: 'trigger-long-running-operation', arguments: {duration: 1, steps: 2}});

    assert.match(result.content[0].text, /completed/i);
  }));
});
