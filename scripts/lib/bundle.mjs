import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const common = {
  absWorkingDir: inRoot(),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  charset: 'utf8',
  logLevel: 'warning',
  // The `main` of jsonc-parser is a UMD module whose requires esbuild cannot see.
  mainFields: ['module', 'main'],
};

const inBrowser = { platform: 'browser', format: 'iife', target: 'es2022', minify: true };

/** Its module for `import` asks for its own address, which a bundle does not have. */
const treeSitter = inRoot('node_modules', 'web-tree-sitter', 'web-tree-sitter.cjs');

/** What the extension and the command line consist of. */
const products = [
  { entryPoints: ['client/src/node.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  // The extension in a browser, where it and its server are workers.
  {
    entryPoints: ['client/src/browser.ts'],
    outfile: 'dist/browser.js',
    external: ['vscode'],
    ...inBrowser,
    format: 'cjs',
  },
  {
    entryPoints: ['server/src/lsp/worker.ts'],
    outfile: 'dist/worker.js',
    alias: { 'web-tree-sitter': treeSitter },
    // What it would load where there is no `fetch`.
    external: ['fs/promises', 'module', 'path', 'url'],
    ...inBrowser,
  },
  // Runs in a view of VS Code; its style sheet is written beside it.
  {
    entryPoints: ['client/src/graph/webview/main.ts'],
    outfile: 'dist/graph.js',
    ...inBrowser,
  },
  { entryPoints: ['server/src/lsp/main.ts'], outfile: 'dist/server.js', minify: true },
  {
    entryPoints: ['server/src/syntax/hcl/load.ts'],
    outfile: 'dist/hcl.js',
    alias: { 'web-tree-sitter': treeSitter },
    minify: true,
  },
  { entryPoints: ['server/src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
];

/** WebAssembly that is loaded from beside the bundles. */
const modules = [
  'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'node_modules/@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
];

/** Suites that run inside VS Code. mocha stays outside: it looks for its own files at run time. */
const suites = [
  { entryPoints: ['test/e2e/suite/index.ts'], outfile: 'out/e2e/index.js', external: ['vscode', 'mocha'] },
  { entryPoints: ['test/e2e/installed/index.ts'], outfile: 'out/e2e/installed.js', external: ['vscode', 'mocha'] },
  {
    entryPoints: ['test/e2e/web/index.ts'],
    outfile: 'out/e2e/web.js',
    ...inBrowser,
    format: 'cjs',
    minify: false,
    external: ['vscode'],
    alias: {
      'node:assert': inRoot('test', 'e2e', 'web', 'assert.ts'),
      mocha: inRoot('test', 'e2e', 'web', 'mocha.ts'),
    },
    define: {
      // There is no environment to read in a browser.
      ONLY: JSON.stringify(process.env.BREAKWATER_E2E_GREP ?? ''),
      // The bundle of mocha would put itself in the place of ours.
      module: 'undefined',
      exports: 'undefined',
    },
  },
];

/**
 * Bundles the extension, the server and the command line into dist/.
 * @param {{ production?: boolean }} options production: minified, without source maps
 * @returns {Promise<readonly string[]>} the source files that went into the bundles, relative to the checkout
 */
export async function bundleProducts({ production = false } = {}) {
  const inputs = new Set();
  for (const product of products) {
    const options = production ? { minify: true, sourcemap: false } : { sourcemap: 'linked' };
    const { metafile } = await bundle({ ...options, ...product, metafile: true });
    if (production) rmSync(inRoot(`${product.outfile}.map`), { force: true });
    for (const input of Object.keys(metafile.inputs)) inputs.add(input);
  }
  for (const file of modules) {
    copyFileSync(inRoot(...file.split('/')), inRoot('dist', file.split('/').at(-1)));
    inputs.add(file);
  }
  chmodSync(inRoot('dist', 'cli.js'), 0o755);
  return [...inputs].sort();
}

/** Bundles the end-to-end suites into out/e2e/. */
export async function bundleSuites() {
  for (const suite of suites) await bundle({ sourcemap: 'linked', ...suite });
}

async function bundle(options) {
  const [entry] = options.entryPoints;
  if (!existsSync(inRoot(entry))) throw new Problem(`cannot build ${options.outfile}: ${entry} does not exist.`);
  const { build } = await import('esbuild');
  try {
    return await build({ ...common, ...options });
  } catch {
    // esbuild has printed every error with its place.
    throw new Problem(`cannot build ${options.outfile} from ${entry}.`);
  }
}
