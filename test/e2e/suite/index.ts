import { defineCloudFormationSuite } from './cloudformation';
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
import { defineNewFilesSuite } from './new-files';
import { runMocha } from './run';
import { defineScopeSuite } from './scope';
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
    defineNewFilesSuite,
    defineHelpSuite,
    defineDocsSuite,
    defineCloudFormationSuite,
    defineScopeSuite,
    defineSessionSuite,
  ]);
}
