// What a scenario proved directly, beside what it proved through the gateway.

export function compare(revision, scored, direct, through) {
  const scenarios = new Set([...scored, ...direct.keys(), ...through.keys()]);
  return [...scenarios].map((scenario) => {
    const [there, here] = [direct.get(scenario) ?? [], through.get(scenario) ?? []];
    return {
      revision,
      scenario,
      scored: scored.has(scenario),
      direct: tally(there),
      through: tally(here),
      passesDirectly: there.length > 0 && there.every((check) => check.status !== 'FAILURE'),
      differences: differences(revision, scenario, there, here),
    };
  });
}

function tally(checks) {
  const count = (status) => checks.filter((check) => check.status === status).length;
  return { passed: count('SUCCESS'), failed: count('FAILURE'), warned: count('WARNING') };
}

// A check may be made several times under one id: the n-th here is compared with the n-th there.
function differences(revision, scenario, direct, through) {
  const [there, here] = [byId(direct), byId(through)];
  const ids = [...new Set([...there.keys(), ...here.keys()])];
  return ids.flatMap((id) => {
    const [left, right] = [there.get(id) ?? [], here.get(id) ?? []];
    const statuses = (checks) => checks.map((check) => check.status).join(' ') || 'absent';
    if (statuses(left) === statuses(right)) return [];
    const reasons = right.map((check) => check.errorMessage).filter(Boolean);
    return [{ key: `${revision} ${scenario} ${id}`, direct: statuses(left), through: statuses(right), reasons }];
  });
}

const byId = (checks) => Map.groupBy(checks, (check) => check.id);

// What is wrong: scored scenarios that fail directly, differences nobody expects, expectations nothing needs.
export function judge(rows, expected) {
  const failed = rows.filter((row) => row.scored && !row.passesDirectly);
  const differences = rows.flatMap((row) => row.differences);
  const unexpected = differences.filter((difference) => !expected.has(difference.key));
  const found = new Set(differences.map((difference) => difference.key));
  const stale = [...expected].filter((key) => !found.has(key));
  return { failed, unexpected, stale, holds: failed.length + unexpected.length + stale.length === 0 };
}

// Lines `REVISION SCENARIO CHECK`; empty lines and those that begin with # say nothing.
export function readExpectations(text) {
  const lines = text.split('\n').map((line) => line.trim());
  return new Set(lines.filter((line) => line && !line.startsWith('#')));
}
