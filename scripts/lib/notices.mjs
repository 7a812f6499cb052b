import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';

/**
 * The licences of the packages whose code a bundle contains, as one text; most of them ask to be passed on.
 * @param {readonly string[]} inputs the bundle's source files, relative to the checkout
 */
export function toNotices(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(found[1]);
  }
  const parts = [...folders].sort().map(toNotice);
  return ['Breakwater contains code of these packages.\n', ...new Set(parts)].join(`\n${'-'.repeat(80)}\n`);
}

function toNotice(folder) {
  const path = inRoot(...folder.split('/'));
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
}
