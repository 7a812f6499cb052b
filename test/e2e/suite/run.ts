import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** How long one test may wait for the editor; generous, as only a failing test uses it up. */
const testDeadline = 60_000;

/**
 * Runs mocha on the suites that `define` registers, inside the extension host, and leaves mocha's statistics
 * in <name>.results.json beside the bundle. Rejects when a test fails. BREAKWATER_E2E_GREP picks tests by title.
 */
export async function runMocha(name: string, define: readonly (() => void)[]): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: false, timeout: testDeadline, forbidOnly: true });
  const only = process.env.BREAKWATER_E2E_GREP;
  if (only) mocha.grep(only);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const defineSuite of define) defineSuite();
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      writeFileSync(join(__dirname, `${name}.results.json`), JSON.stringify(runner.stats));
      if (failures === 0) resolve();
      else reject(new Error(`${failures} of the tests inside VS Code failed`));
    });
  });
}
