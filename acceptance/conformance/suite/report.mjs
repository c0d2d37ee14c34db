// The comparison for people.

export function printTable(rows, expected) {
  const width = Math.max(...rows.map((row) => row.scenario.length));
  console.log(`\n${'revision'.padEnd(10)}  ${'scenario'.padEnd(width)}  scored  ${'direct'.padEnd(12)}  gateway`);
  for (const row of rows) {
    const cells = [
      row.revision,
      row.scenario.padEnd(width),
      (row.scored ? 'yes' : 'no').padEnd(6),
      describe(row.direct).padEnd(12),
      comparison(row, expected),
    ];
    console.log(cells.join('  '));
  }
  console.log();
}

function comparison({ through, differences }, expected) {
  if (differences.length === 0) return 'same';
  return `${describe(through)}  ${differences.every(({ key }) => expected.has(key)) ? 'differs as expected' : 'DIFFERS'}`;
}

function describe({ passed, failed, warned }) {
  const parts = [[passed, 'ok'], [failed, 'bad'], [warned, 'odd']];
  return parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(' ') || 'none';
}

export function printVerdict({ failed, unexpected, stale }) {
  for (const { revision, scenario } of failed) console.log(`FAILS DIRECTLY  ${revision} ${scenario}`);
  for (const { key, direct, through, reasons } of unexpected) {
    console.log(`DIFFERS  ${key}\n    direct   ${direct}\n    gateway  ${through}`);
    for (const reason of reasons) console.log(`    because  ${reason}`);
  }
  for (const key of stale) console.log(`NO LONGER DIFFERS  ${key}: take it out of expected-differences.txt`);
}
