// Writes the stub of a rule: npm run new-rule -- CATEGORY ID "Title"
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [category, id, title] = process.argv.slice(2);
if (!category || !title || !/^[a-z][a-z0-9-]*$/.test(id ?? '')) {
  console.error(
    'usage: npm run new-rule -- CATEGORY ID "Title"\nThe id names the bad state in kebab-case, e.g. privileged-container.',
  );
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const rule = join(root, 'server/src/rules', category, `${id}.ts`);
const test = join(root, 'test/rules', category, `${id}.test.ts`);
for (const file of [rule, test]) {
  if (existsSync(file)) {
    console.error(`${file} is there already`);
    process.exit(2);
  }
}
mkdirSync(join(rule, '..'), { recursive: true });
mkdirSync(join(test, '..'), { recursive: true });
writeFileSync(
  rule,
  `import { defineRule } from '../../engine/rule';

export default defineRule({
  id: '${id}',
  category: '${category}',
  title: '${title}',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: [],
  docs: {
    what: '',
    why: '',
    remedy: '',
    flags: \`\`,
    passes: \`\`,
  },
  visit: {
    *resource(resource) {},
  },
});
`,
);
writeFileSync(
  test,
  `import { test } from 'vitest';
import rule from '../../../server/src/rules/${category}/${id}';
import { check } from '../../harness/check';

test('', () => check(rule, \`\`, 1));
`,
);
console.log(
  `Wrote ${rule}\n      ${test}\nFill them in, then run "npm run generate" for the registry, the rule's page and the settings.`,
);
