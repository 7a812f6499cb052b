import { assert } from 'chai';

async function rejects(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch {
    return;
  }
  assert.fail('it does not reject');
}

/** What the suites use of `node:assert`, which no browser has. */
export const strict = Object.assign((value: unknown, message?: string): void => assert.isOk(value, message), {
  equal: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepEqual,
  match: assert.match,
  doesNotMatch: assert.notMatch,
  rejects,
});
