// Runs the `auth/*` scenarios of the official MCP conformance suite with a client on the official SDK, directly and through
// passthrough routes of a gateway, and compares.
//   node authorization.mjs --gateway http://127.0.0.1:M --console http://127.0.0.1:N --admin-token-file FILE
// The gateway runs with `up --upstream auth-1=http://127.0.0.1:PORT/mcp` and so on, at ports that are free: one route for each
// scenario of each set, since the suite plays a set all at once, and gateways remember for a while what a server says about
// itself. Ends with 0 when every scored scenario passes directly and nothing differs but what
// expected-authorization-differences.txt names.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runClientScenarios, scoredOf, sets } from './suite/client-scenarios.mjs';
import { compare, judge, readExpectations } from './suite/comparison.mjs';
import { passthroughRoutes } from './suite/passthrough-routes.mjs';
import { printTable, printVerdict } from './suite/report.mjs';

const text = { type: 'string' };
const { values } = parseArgs({ options: { gateway: text, console: text, 'admin-token-file': text } });
const { gateway, console: consoleUrl, 'admin-token-file': tokenFile } = values;
if (!gateway || !consoleUrl || !tokenFile) {
  console.error('usage: node authorization.mjs --gateway URL --console URL --admin-token-file FILE');
  process.exit(2);
}

const expected = readExpectations(await readFile(new URL('expected-authorization-differences.txt', import.meta.url), 'utf8'));
const free = await passthroughRoutes(gateway, consoleUrl, (await readFile(tokenFile, 'utf8')).trim());
const rows = [];
for (const set of sets) {
  const direct = await runClientScenarios(set);
  const through = await runClientScenarios(set, assign([...direct.keys()]));
  rows.push(...compare(set, await scoredOf(set), direct, through));
}
printTable(rows, expected);
const verdict = judge(rows, expected);
printVerdict(verdict);
const scored = rows.filter((row) => row.scored).length;
console.log(`${rows.length} scenarios, ${scored} of them scored, ${verdict.unexpected.length} unexpected differences`);
process.exitCode = scored > 0 && verdict.holds ? 0 : 1;

function assign(scenarios) {
  if (scenarios.length > free.length) throw new Error(`${scenarios.length} scenarios, but only ${free.length} routes auth-N are left`);
  return Object.fromEntries(scenarios.map((scenario) => [scenario, free.shift()]));
}
