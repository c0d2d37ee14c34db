// The official suite as a child process, and what it wrote.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const revisions = ['2025-11-25', '2026-07-28'];

const suite = join(import.meta.dirname, '../node_modules/@modelcontextprotocol/conformance');

// The scenarios that a server, or a client, has to pass: the list of that name in the requirement set.
export async function scoredScenarios(revision, side = 'server') {
  const requirements = await readFile(join(suite, 'requirements', `${revision}.yaml`), 'utf8');
  const list = new RegExp(`^${side}:\\n((?: +- .*\\n)+)`, 'm').exec(requirements);
  return new Set(list[1].match(/[^\s-]\S*/g));
}

// The checks of every scenario that a server is put through, by the scenario's name.
export async function runSuite(url, revision) {
  const started = Date.now();
  const checks = await runOfficial(['server', '--url', url, '--requirements', revision], readServerResults);
  console.log(`${revision} at ${url}: ${checks.size} scenarios in ${Math.round((Date.now() - started) / 1000)} s`);
  return checks;
}

// Runs the suite with these arguments, and reads what it wrote into a folder.
export async function runOfficial(options, readResults, environment = {}) {
  const results = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const output = await run([...options, '--output-dir', results], environment);
    const checks = await readResults(results);
    if (checks.size === 0) throw new Error(`the suite wrote no results:\n${output}`);
    return checks;
  } finally {
    await rm(results, { recursive: true });
  }
}

// Its exit code counts failures, which are ours to judge.
function run(options, environment) {
  const child = spawn(process.execPath, [join(suite, 'dist/index.js'), ...options], { env: { ...process.env, ...environment } });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(output).toString()));
  });
}

// Each scenario has a folder: server-NAME-TIME.
async function readServerResults(results) {
  const checks = new Map();
  for (const folder of (await readdir(results)).sort()) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(folder);
    if (scenario) checks.set(scenario[1], JSON.parse(await readFile(join(results, folder, 'checks.json'), 'utf8')));
  }
  return checks;
}
