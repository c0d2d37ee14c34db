// Two clients that nobody here wrote, through a running gateway, to a server that nobody here wrote.
//
// The gateway runs with `up --upstream everything=URL`; its addresses come in PORTCULLIS_PROXY, PORTCULLIS_CONSOLE and
// PORTCULLIS_ADMIN_TOKEN_FILE. Run by CI with the Node.js that package.json pins: `node --test clients.test.mjs`.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {McpRemote} from './drive-mcp-remote.mjs';

const {PORTCULLIS_PROXY: proxy, PORTCULLIS_CONSOLE: console_, PORTCULLIS_ADMIN_TOKEN_FILE: tokenFile} = process.env;
const everything = `${proxy}/mcp/everything`;
const portEu = `${proxy}/mcp/port-eu`;
const INSPECTOR = fileURLToPath(new URL('node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url));

let home;
let token;

async function api(path, options = {}) {
  const response = await fetch(`${console_}/api/v1${path}`, {
    ...options,
    headers: {authorization: `Bearer ${token}`, accept: 'application/json', ...options.headers},
  });
  const text = await response.text();
  assert.ok(response.ok, `${options.method ?? 'GET'} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Publishes the document in force with these rules, and waits until every replica has it. */
async function publish(rules, comment) {
  const json = {'content-type': 'application/json'};
  const document = await api('/policy');
  await api('/policy/draft', {method: 'PUT', headers: json, body: JSON.stringify({...document, rules})});
  const {version} = await api('/policy/publish', {method: 'POST', headers: json, body: JSON.stringify({comment})});
  for (let attempt = 0; attempt < 20; attempt++) {
    const {items} = await api('/replicas');
    if (items.length > 0 && items.every(replica => replica.policyVersion === version)) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.fail(`version ${version} did not reach the proxy within two seconds`);
}

/** Runs the Inspector's command line and gives its exit code and what it printed. */
function inspect(url, ...options) {
  return new Promise(resolve => {
    const command = [INSPECTOR, '--cli', url, '--transport', 'http', '--protocol-era', 'legacy', ...options];
    execFile(process.execPath, command, {env: {...process.env, HOME: home}, timeout: 60_000}, (error, stdout, stderr) =>
      resolve({code: error === null ? 0 : error.code, stdout, stderr}));
  });
}

async function recordOf(exchange) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await api(`/tool-calls/${exchange}`);
    } catch (notYet) {
      if (attempt === 20) {
        throw notYet;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-clients-'));
  token = (await readFile(tokenFile, 'utf8')).trim();
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
