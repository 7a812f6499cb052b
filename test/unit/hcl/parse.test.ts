import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseHcl } from '../../../server/src/syntax/hcl/parse';
import { Ref, type Step } from '../../../server/src/syntax/ref';
import { loadHclGrammar } from '../../harness/load-hcl';

// Only files that speak of it are read.
const CONCERN = '# system:serviceaccount\n';

test('nothing is read, and nothing is reported, before the grammar is loaded', () => {
  const tree = parseHcl(`${CONCERN}a = 1\n`);
  expect(tree.root).toBeUndefined();
  expect(tree.problems).toEqual([]);
});

describe('with the grammar', () => {
  beforeAll(loadHclGrammar);

  const at = (text: string, ...steps: readonly Step[]) => Ref.root(parseHcl(CONCERN + text)).get(...steps);
  const written = (ref: Ref) => ref.tree.text.slice(ref.anchor.start, ref.anchor.end);

  test.each([
    ['"text"', 'text'],
    ['"say \\"so\\" \\u00e9\\n$${x}"', 'say "so" é\n${x}'],
    ['""', ''],
    ['true', true],
    ['-1.5', -1.5],
    ['null', null],
    ['"${local.here}/x"', 'here/x'],
    ['local.here', 'here'],
    ['var.given', 'given'],
    ['"${var.given}-${local.both}"', 'given-here-given'],
    ['local.loop', '${local.loop}'],
    ['var.open', '${var.open}'],
    ['"${var.open}:sub"', '${var.open}:sub'],
    ['" ${var.open} 😀 "', ' ${var.open} 😀 '],
    ['upper("x")', "${upper('x')}"],
    ['"${replace(a.b, "https://", "")}:sub"', "${replace(a.b, 'https://', '')}:sub"],
  ])('%s is read as %j', (source, value) => {
    const text = `locals {
  here = "here"
  both = "\${local.here}-\${var.given}"
  loop = local.pool
  pool = local.loop
}
variable "given" { default = "given" }
variable "open" {}
a = ${source} # comment
`;
    const ref = at(text, 'a');
    expect(ref.scalar?.value).toBe(value);
    expect(written(ref)).toBe(source);
  });

  test('blocks stand under their types and labels, those without labels in sequences', () => {
    const text =
      'resource "aws_iam_role" "r" {\n  name = "n"\n  tag { k = "1" }\n  tag { k = "2" }\n}\nresource "aws_iam_role" "s" {}\n';
    expect(at(text, 'resource', 'aws_iam_role').keys()).toEqual(['r', 's']);
    expect(at(text, 'resource', 'aws_iam_role', 'r', 'tag', 1, 'k').string).toBe('2');
    expect(written(at(text, 'resource', 'aws_iam_role', 'r', 'name'))).toBe('"n"');
  });

  test('objects and lists, with both signs and all kinds of keys', () => {
    const text = 'a = jsonencode({ b = [1, "x"], "c:d" : { e = "f" }\n  (local.k) = 2, "${x}:sub" = "y" })\n';
    expect(at(text, 'a').keys()).toEqual(['b', 'c:d', '${(local.k)}', '${x}:sub']);
    expect(written(at(text, 'a', 'b', 1))).toBe('"x"');
    expect(at(text, 'a', 'c:d', 'e').string).toBe('f');
  });

  test('text that is no HCL is a problem at its place', () => {
    const tree = parseHcl(`${CONCERN}a = {\n`);
    expect(tree.isReliable).toBe(false);
    expect(tree.problems.map(({ kind }) => kind)).toEqual(['syntax']);
  });

  test('any text is read without a throw', () => {
    const part = fc.constantFrom(
      'a',
      '=',
      '{',
      '}',
      '"',
      '${',
      '}',
      '\n',
      '<<EOF\n',
      'EOF\n',
      'data "x" "y" ',
      '[',
      ',',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const tree = parseHcl(CONCERN + parts.join(''));
        for (const { span } of tree.problems) expect(span.end).toBeLessThanOrEqual(tree.text.length);
      }),
      { numRuns: 300 },
    );
  });
});
