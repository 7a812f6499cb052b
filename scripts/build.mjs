// Builds everything that runs: dist/ (extension, server, command line) and out/e2e/ (suites for VS Code).
// --production: minified, without source maps, and without the suites.
import { parseArgs } from 'node:util';
import { bundleProducts, bundleSuites } from './lib/bundle.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { runMain } from './lib/problem.mjs';

await runMain(async () => {
  const { values } = parseArgs({ options: { production: { type: 'boolean', default: false } } });
  await ensureDependencies();
  await bundleProducts(values);
  if (!values.production) await bundleSuites();
});
