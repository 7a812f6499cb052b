// Writes everything that follows from the rules: registry, rule pages, README table, settings and configuration schema.
// With --check nothing is written, and the exit code is 1 when a file is stale.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadRules } from './generate/load.mjs';
import { toIndexPage, toReadmeTable, toRulePage } from './generate/pages.mjs';
import { toRegistry, toRuleFiles } from './generate/registry.mjs';
import { toConfigurationSchema, toManifest } from './generate/settings.mjs';

const root = join(import.meta.dirname, '..');
const isCheck = process.argv.includes('--check');
const stale = [];

function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** Writes a generated file, or notes that it is stale. */
function emit(path, content) {
  if (read(path) === content) return;
  if (isCheck) {
    stale.push(path);
    return;
  }
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Changes a file that is only partly generated; one that is not there yet is left out. */
function amend(path, change) {
  const text = read(path);
  if (text !== undefined) emit(path, change(text));
}

emit('server/src/rules/index.ts', toRegistry(toRuleFiles(join(root, 'server/src/rules'))));

const { rules, getStandard } = await loadRules(root);
for (const rule of rules) emit(`docs/rules/${rule.id}.md`, toRulePage(rule, getStandard));
emit('docs/rules/README.md', toIndexPage(rules));
amend('README.md', (text) => toReadmeTable(text, rules));
amend('package.json', (text) => toManifest(text, rules));
amend('schemas/configuration.schema.json', (text) => toConfigurationSchema(text, rules));

const pages = new Set(['README.md', ...rules.map((rule) => `${rule.id}.md`)]);
for (const page of readdirSync(join(root, 'docs/rules'))) {
  if (pages.has(page)) continue;
  if (isCheck) stale.push(`docs/rules/${page}`);
  else rmSync(join(root, 'docs/rules', page));
}

if (stale.length > 0) {
  console.error(`Stale, run "npm run generate": ${stale.join(', ')}`);
  process.exit(1);
}
