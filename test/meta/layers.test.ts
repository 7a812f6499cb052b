import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What each layer may import of ours, beside itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  text: [],
  standards: [],
  syntax: ['text'],
  model: ['text', 'syntax', 'standards'],
  engine: ['text', 'syntax', 'model', 'standards'],
  rules: ['text', 'syntax', 'model', 'engine', 'standards'],
  lsp: ['text', 'syntax', 'model', 'engine', 'rules', 'standards'],
  cli: ['text', 'syntax', 'model', 'engine', 'rules', 'standards'],
};

/** Packages by the only layer that may import them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['syntax'],
  'jsonc-parser': ['syntax'],
  'web-tree-sitter': ['syntax'],
  'dockerfile-ast': ['syntax'],
  picomatch: ['engine', 'lsp', 'cli'],
  ignore: ['lsp', 'cli'],
  'vscode-uri': ['lsp', 'cli'],
  'vscode-languageserver': ['lsp'],
  'vscode-languageserver-textdocument': ['lsp'],
  vscode: ['client'],
  'vscode-languageclient': ['client'],
  '@dagrejs/dagre': ['client'],
};

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly specifier: string;
}

function layerOf(file: string): string {
  const [side, , layer] = relative(root, file).split('/');
  return side === 'client' ? 'client' : (layer ?? '');
}

function listFiles(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, directory, file));
}

function readImports(): Import[] {
  return [...listFiles('server/src'), ...listFiles('client/src')].flatMap((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
    return importedFiles.map(({ fileName }) => ({ file, layer: layerOf(file), specifier: fileName }));
  });
}

const imports = readImports();
const own = imports.filter(({ specifier }) => specifier.startsWith('.'));
const foreign = imports.filter(({ specifier }) => !specifier.startsWith('.'));
const show = ({ file, specifier }: Import): string => `${relative(root, file)} imports ${specifier}`;

describe('layers', () => {
  test('the imports are really read', () => {
    expect(own.length).toBeGreaterThan(100);
    expect(foreign.map(({ specifier }) => specifier)).toContain('yaml');
  });

  test('a layer imports only itself and those below it', () => {
    const wrong = own.filter(({ file, layer, specifier }) => {
      // The manifest is no layer: the command line reads its version there.
      if (specifier.endsWith('/package.json')) return layer !== 'cli';
      const target = layerOf(resolve(dirname(file), specifier));
      return target !== layer && !ALLOWED[layer]?.includes(target);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('the core imports no Node built-in', () => {
    const core = ['text', 'standards', 'syntax', 'model', 'engine', 'rules'];
    expect(foreign.filter(({ layer, specifier }) => core.includes(layer) && isBuiltin(specifier)).map(show)).toEqual(
      [],
    );
  });

  test('what draws graphs, and what runs in their page, imports nothing of VS Code', () => {
    const own = foreign.filter(({ file }) => /client\/src\/graph\/(drawing|webview)\//.test(file));
    expect(new Set(own.map(({ specifier }) => specifier))).toEqual(new Set(['@dagrejs/dagre']));
  });

  test('every package is imported only where it belongs', () => {
    const wrong = foreign.filter(({ layer, specifier }) => {
      if (isBuiltin(specifier)) return false;
      const name = specifier.startsWith('@')
        ? specifier.split('/').slice(0, 2).join('/')
        : (specifier.split('/')[0] ?? '');
      return !PACKAGES[name]?.includes(layer);
    });
    expect(wrong.map(show)).toEqual([]);
  });
});
