import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the rules and loads them: their metadata is data, wherever they are run. */
export async function loadRules(root) {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "export { RULES } from './server/src/rules/index'; export { getStandard } from './server/src/standards/catalogue';",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['browser'],
    platform: 'node',
    mainFields: ['module', 'main'],
    absWorkingDir: join(root),
  });
  const code = outputFiles[0].text;
  const { RULES, getStandard } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return { rules: RULES, getStandard };
}
