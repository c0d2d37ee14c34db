// What a client was seen to do is compared by the worst that was seen, not by how often.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { worstOfEach } from './client-scenarios.mjs';

const check = (id, status) => ({ id, status });

test('a check that was made twice counts once', () => {
  assert.deepEqual(worstOfEach([check('asked', 'SUCCESS'), check('asked', 'SUCCESS')]), [check('asked', 'SUCCESS')]);
});

test('a failure among successes is not lost', () => {
  const checks = [check('asked', 'SUCCESS'), check('asked', 'FAILURE'), check('asked', 'WARNING'), check('other', 'SKIPPED')];

  assert.deepEqual(worstOfEach(checks), [check('asked', 'FAILURE'), check('other', 'SKIPPED')]);
});

test('what is for information only is not compared', () => {
  assert.deepEqual(worstOfEach([check('request', 'INFO')]), []);
});
