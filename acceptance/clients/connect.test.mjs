// What the console's screen "Connect" tells people, done as it says: by mcp-remote, and by curl.
//
// The gateway runs as for clients.test.mjs. npx is left out: the mcp-remote that package.json pins is started with the
// arguments that npx would have handed to it.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {promisify} from 'node:util';
import {McpRemote} from './drive-mcp-remote.mjs';
import {api, endpoint} from './gateway.mjs';

const run = promisify(execFile);
let home;

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'portcullis-connect-'));
});

after(() => rm(home, {recursive: true, force: true}));

async function guide(client, more = '') {
  const {items} = await api(`/connect/snippets?route=everything&client=${client}${more}`);
  assert.equal(items.length, 1);
  return items[0];
}

describe('Connect', () => {
  test('gives the address that clients reach', async () => {
    assert.equal((await guide('cursor')).url, endpoint('everything'));
  });

  test('starts mcp-remote at the version that is tried here, with arguments that it understands', async () => {
    const {snippets} = await guide('mcp-remote', '&readOnly=true');
    const {command, args} = JSON.parse(snippets[0].text).mcpServers.everything;
    const {dependencies} = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

    assert.equal(command, 'npx');
    assert.deepEqual(args.slice(0, 2), ['-y', `mcp-remote@${dependencies['mcp-remote']}`]);
    const remote = await McpRemote.started(args.slice(2), {home});
    try {
      const {tools} = await remote.request('tools/list');
      assert.deepEqual(tools, [], 'the wish for reading tools only arrived');
    } finally {
      await remote.close();
    }
  });

  test('gives a command that a shell runs as it is', async () => {
    const {snippets} = await guide('curl');

    const {stdout} = await run('sh', ['-c', snippets[0].text]);

    assert.match(stdout, /mcp-servers\/everything/);
  });
});
