// Runs the official MCP conformance suite against the fixture, directly and through a gateway before it, and compares.
//   node conformance.mjs --fixture-port N --gateway http://127.0.0.1:M/mcp/ROUTE
// The route's upstream has to be http://127.0.0.1:N/mcp, its policy has to allow everything.
// Ends with 0 when every scored scenario passes directly and nothing differs but what expected-differences.txt names.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compare, judge, readExpectations } from './suite/comparison.mjs';
import { startFixture } from './suite/fixture-process.mjs';
import { printTable, printVerdict } from './suite/report.mjs';
import { revisions, runSuite, scoredScenarios } from './suite/suite.mjs';

const { values } = parseArgs({ options: { 'fixture-port': { type: 'string' }, gateway: { type: 'string' } } });
const port = Number(values['fixture-port']);
const gateway = values.gateway;
if (!(port > 0) || !gateway) {
  console.error('usage: node conformance.mjs --fixture-port N --gateway URL');
  process.exit(2);
}

const expected = readExpectations(await readFile(new URL('expected-differences.txt', import.meta.url), 'utf8'));
const fixture = await startFixture(port);
try {
  await assertGateway(gateway);
  const rows = [];
  for (const revision of revisions) rows.push(...(await compareRevision(revision)));
  process.exitCode = report(rows) ? 0 : 1;
} finally {
  await fixture.stop();
}

// One after the other: the fixture tells all its clients when its lists change.
async function compareRevision(revision) {
  const direct = await runSuite(fixture.url, revision);
  const through = await runSuite(gateway, revision);
  return compare(revision, await scoredScenarios(revision), direct, through);
}

// Without this, a wrong address could compare the fixture with itself.
async function assertGateway(url) {
  const response = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  await response.body?.cancel();
  if (!response.headers.has('portcullis-exchange')) throw new Error(`${url}: no gateway answers there`);
}

function report(rows) {
  printTable(rows, expected);
  const verdict = judge(rows, expected);
  printVerdict(verdict);
  const scored = rows.filter((row) => row.scored).length;
  console.log(`${rows.length} scenarios, ${scored} of them scored, ${verdict.unexpected.length} unexpected differences`);
  return scored > 0 && verdict.holds;
}
