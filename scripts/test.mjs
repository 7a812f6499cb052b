// Every check there is, in order, up to the first that fails. `npm test`, `npm run ready` and .ci/run are this script.
// --only NAME runs a single step (and what it needs).
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/install.mjs';
import { Problem, runMain } from './lib/problem.mjs';
import { steps } from './lib/steps.mjs';

await runMain(async () => {
  const chosen = readChoice();
  await ensureDependencies();
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const code = await runSteps(chosen, totals);
  if (totals.skipped > 0) console.log(`${totals.skipped} skipped`);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return code;
});

function readChoice() {
  const names = steps.map(({ name }) => name).join(', ');
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return steps;
  const step = steps.find(({ name }) => name === values.only);
  if (!step) throw new Problem(`there is no step ${values.only}; the steps are: ${names}`);
  const build = steps.find(({ name }) => name === 'build');
  return step.needsBuild ? [build, step] : [step];
}

async function runSteps(chosen, totals) {
  for (const { name, title, action } of chosen) {
    console.log(`\n=== ${title} (${name}) ===`);
    const start = performance.now();
    const { code, passed = 0, failed = 0, skipped = 0 } = await action().catch(toFailure);
    totals.passed += passed;
    totals.failed += failed;
    totals.skipped += skipped;
    console.log(`--- ${code === 0 ? 'done' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    if (code !== 0) return code;
  }
  return 0;
}

/** A step that threw has failed like any other, and the totals are printed all the same. */
function toFailure(error) {
  console.error(error instanceof Problem ? `error: ${error.message}` : error);
  return { code: 1 };
}
