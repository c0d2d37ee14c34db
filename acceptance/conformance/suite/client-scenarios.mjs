// The `auth/*` scenarios of the official suite, played by our client.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runOfficial, scoredScenarios } from './suite.mjs';

const client = join(import.meta.dirname, '../client/client.mjs');

// The suite's sets: what each revision asks of a client, and how clients of 2025-03-26 find an authorization server.
export const sets = ['2025-11-25', '2026-07-28', 'backcompat'];
const revisioned = (set) => /^\d/.test(set);

export async function scoredOf(set) {
  const scored = revisioned(set) ? await scoredScenarios(set, 'client') : [];
  return new Set([...scored].filter((scenario) => scenario.startsWith('auth/')));
}

// The checks of every `auth/*` scenario of the set, by the scenario's name. With routes, the client is given the gateway's
// addresses only.
export async function runClientScenarios(set, routes) {
  const started = Date.now();
  const chosen = revisioned(set) ? ['--requirements', set] : ['--suite', set];
  const options = ['client', '--command', `${process.execPath} ${client}`, '--timeout', '60000', ...chosen];
  const environment = {
    NODE_COMPILE_CACHE: join(import.meta.dirname, '../node_modules/.cache/compiled'), // each scenario starts a client
    ...(routes && { CONFORMANCE_ROUTES: JSON.stringify(routes) }),
  };
  const checks = await runOfficial(options, readClientResults, environment);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${set} ${routes ? 'through the gateway' : 'directly'}: ${checks.size} scenarios in ${seconds} s`);
  return checks;
}

// Each scenario has a folder: auth/NAME-TIME.
async function readClientResults(results) {
  const checks = new Map();
  for (const folder of (await readdir(join(results, 'auth'))).sort()) {
    const scenario = /^(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(folder);
    if (scenario) checks.set(`auth/${scenario[1]}`, await readScenario(join(results, 'auth', folder)));
  }
  return checks;
}

async function readScenario(folder) {
  const [checks, output, errors] = await Promise.all(
    ['checks.json', 'stdout.txt', 'stderr.txt'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  return [...worstOfEach(JSON.parse(checks)), toolCall(output, errors)];
}

const severity = ['SKIPPED', 'SUCCESS', 'WARNING', 'FAILURE'];

// One result for each check that judges. How often a check is made depends on how often somebody asks, and the gateway asks
// for metadata too; what is for information only says that somebody asked.
export function worstOfEach(checks) {
  const worst = new Map();
  for (const check of checks.filter(({ status }) => status !== 'INFO')) {
    const known = worst.get(check.id);
    if (!known || severity.indexOf(check.status) > severity.indexOf(known.status)) worst.set(check.id, check);
  }
  return [...worst.values()];
}

// The suite judges what its servers see. Whether the client came to its tool in the end is for us to look at.
function toolCall(output, errors) {
  const called = output.includes('test-tool answered: test');
  return { id: 'tool-call', status: called ? 'SUCCESS' : 'SKIPPED', errorMessage: errors.trim().slice(0, 1_000) };
}
