import { defineCrossFileSuite } from './cross-file';
import { defineDocsSuite } from './docs';
import { defineFilesSuite } from './files';
import { defineFindingsSuite } from './findings';
import { defineFixesSuite } from './fixes';
import { defineGraphSuite } from './graph';
import { defineHardenSuite } from './harden';
import { defineHelpSuite } from './help';
import { defineIdentitySuite } from './identity';
import { defineNavigationSuite } from './navigation';
import { runMocha } from './run';
import { defineSessionSuite } from './session';

/** Entry point that VS Code calls in its extension host (extensionTestsPath). */
export function run(): Promise<void> {
  return runMocha('index', [
    defineFindingsSuite,
    defineFixesSuite,
    defineHardenSuite,
    defineCrossFileSuite,
    defineIdentitySuite,
    defineNavigationSuite,
    defineGraphSuite,
    defineFilesSuite,
    defineHelpSuite,
    defineDocsSuite,
    defineSessionSuite,
  ]);
}
