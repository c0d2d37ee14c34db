// The official suite as a child process, and what it wrote.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const revisions = ['2025-11-25', '2026-07-28'];

const suite = join(import.meta.dirname, '../node_modules/@modelcontextprotocol/conformance');

// The scenarios that a server has to pass: the list `server:` of the requirement set.
export async function scoredScenarios(revision) {
  const requirements = await readFile(join(suite, 'requirements', `${revision}.yaml`), 'utf8');
  const list = /^server:\n((?: +- .*\n)+)/m.exec(requirements);
  return new Set(list[1].match(/[^\s-]\S*/g));
}

// The checks of every scenario of the set, by the scenario's name.
export async function runSuite(url, revision) {
  const results = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const started = Date.now();
    const output = await run(['server', '--url', url, '--requirements', revision, '--output-dir', results]);
    const checks = await readResults(results);
    console.log(`${revision} at ${url}: ${checks.size} scenarios in ${Math.round((Date.now() - started) / 1000)} s`);
    if (checks.size === 0) throw new Error(`the suite wrote no results:\n${output}`);
    return checks;
  } finally {
    await rm(results, { recursive: true });
  }
}

// Its exit code counts failures, which are ours to judge.
function run(options) {
  const child = spawn(process.execPath, [join(suite, 'dist/index.js'), ...options]);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(output).toString()));
  });
}

// Each scenario has a folder: server-NAME-TIME.
async function readResults(results) {
  const checks = new Map();
  for (const folder of (await readdir(results)).sort()) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(folder);
    if (scenario) checks.set(scenario[1], JSON.parse(await readFile(join(results, folder, 'checks.json'), 'utf8')));
  }
  return checks;
}
