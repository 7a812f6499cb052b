import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles the rules and loads them: their metadata is data, wherever they are run. */
export async function loadRules(root) {
  // A file, not a data URL: an error of a rule that cannot be loaded shows its trace, not the whole bundle.
  const outfile = join(root, 'out', 'generate', `rules-${process.pid}.mjs`);
  await build({
    stdin: {
      contents:
        "export { RULES } from './server/src/rules/index'; export { getStandard } from './server/src/standards/catalogue';",
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    conditions: ['browser'],
    platform: 'node',
    mainFields: ['module', 'main'],
    absWorkingDir: join(root),
  });
  try {
    const { RULES, getStandard } = await import(pathToFileURL(outfile).href);
    return { rules: RULES, getStandard };
  } finally {
    rmSync(outfile, { force: true });
  }
}
