// The build of mocha for browsers, under the names that the suites import.
import '../../../node_modules/mocha/mocha.js';

type Hook = (run: () => unknown) => void;
type Titled = (title: string, run: () => unknown) => void;

/** How long one test may wait for the editor; generous, as only a failing test uses it up. */
const testDeadline = 60_000;

interface Browser {
  readonly mocha: {
    setup(options: object): void;
    grep(title: string): void;
    run(done: (failures: number) => void): { readonly stats: object };
  };
  readonly describe: Titled;
  readonly it: Titled;
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
}

const browser = globalThis as unknown as Browser;
browser.mocha.setup({ ui: 'bdd', reporter: 'spec', color: false, timeout: testDeadline, forbidOnly: true });

export const { describe, it, beforeEach, afterEach } = browser;

/** Runs what has been defined, and tells the statistics to whoever reads the log of the window. Rejects when a test fails. */
export function runDefined(only: string): Promise<void> {
  if (only) browser.mocha.grep(only);
  return new Promise((resolve, reject) => {
    const runner = browser.mocha.run((failures) => {
      console.log(`results: ${JSON.stringify(runner.stats)}`);
      if (failures === 0) resolve();
      else reject(new Error(`${failures} of the tests inside VS Code failed`));
    });
  });
}
