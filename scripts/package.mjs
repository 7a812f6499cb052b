// Packages the extension as breakwater-VERSION.vsix in the checkout's root.
import { ensureDependencies } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { runMain } from './lib/problem.mjs';
import { getVsixName, packageVsix, toSizeText } from './lib/vsix.mjs';

await runMain(async () => {
  await ensureDependencies();
  const name = getVsixName();
  const size = await packageVsix(inRoot(name));
  console.log(`${name}: ${toSizeText(size)}`);
});
