import { defineCloudFormationSuite } from '../suite/cloudformation';
import { defineCrossFileSuite } from '../suite/cross-file';
import { defineDocsSuite } from '../suite/docs';
import { defineFilesSuite } from '../suite/files';
import { defineFindingsSuite } from '../suite/findings';
import { defineFixesSuite } from '../suite/fixes';
import { defineGraphSuite } from '../suite/graph';
import { defineHardenSuite } from '../suite/harden';
import { defineHelpSuite } from '../suite/help';
import { defineIdentitySuite } from '../suite/identity';
import { defineNavigationSuite } from '../suite/navigation';
import { defineSessionSuite } from '../suite/session';
import { defineBrowserSuite } from './browser';
import { runDefined } from './mocha';

/** Titles of the tests to run; empty for all. The bundle is built with it. */
declare const ONLY: string;

/** Entry point that VS Code for the Web calls in its extension host, a worker (extensionTestsPath). */
export function run(): Promise<void> {
  const define = [
    defineBrowserSuite,
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
    defineCloudFormationSuite,
    defineSessionSuite,
  ];
  for (const defineSuite of define) defineSuite();
  return runDefined(ONLY);
}
