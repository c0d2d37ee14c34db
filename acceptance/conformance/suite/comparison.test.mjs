// The comparison notices what it is there to notice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, judge, readExpectations } from './comparison.mjs';

const revision = '2026-07-28';
const scored = new Set(['ping']);
const nothing = new Set();
const checks = (...statuses) => new Map([['ping', statuses.map((status) => ({ id: 'answers', status }))]]);
const verdict = (direct, through, expected = nothing) => judge(compare(revision, scored, direct, through), expected);
const key = `${revision} ping answers`;

test('the same results hold', () => {
  assert.equal(verdict(checks('SUCCESS', 'WARNING'), checks('SUCCESS', 'WARNING')).holds, true);
});

test('a check that fails only through the gateway is a difference', () => {
  const { holds, unexpected } = verdict(checks('SUCCESS', 'SUCCESS'), checks('SUCCESS', 'FAILURE'));
  assert.equal(holds, false);
  assert.deepEqual(unexpected.map((difference) => difference.key), [key]);
});

test('a check that is missing through the gateway is a difference', () => {
  assert.equal(verdict(checks('SUCCESS', 'SUCCESS'), checks('SUCCESS')).holds, false);
});

test('a scenario that is missing through the gateway is a difference', () => {
  assert.equal(verdict(checks('SUCCESS'), new Map()).holds, false);
});

test('an unscored scenario is compared too', () => {
  const rows = compare(revision, nothing, checks('SUCCESS'), checks('SKIPPED'));
  assert.equal(judge(rows, nothing).holds, false);
});

test('a scored scenario that fails on both sides does not hold', () => {
  const { failed, unexpected } = verdict(checks('FAILURE'), checks('FAILURE'));
  assert.equal(failed.length, 1);
  assert.equal(unexpected.length, 0);
});

test('a scored scenario that was not run does not hold', () => {
  assert.equal(verdict(new Map(), new Map()).holds, false);
});

test('an expected difference holds', () => {
  const expected = readExpectations(`# why\n\n${key}\n`);
  assert.equal(verdict(checks('SUCCESS'), checks('FAILURE'), expected).holds, true);
});

test('an expectation that nothing needs does not hold', () => {
  assert.deepEqual(verdict(checks('SUCCESS'), checks('SUCCESS'), new Set([key])).stale, [key]);
});
