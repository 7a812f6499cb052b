import { describe, expect, it } from 'vitest';
import { expandSnippet, listSnippetStops } from '../harness/snippet-expand';
import { parseSnippet } from '../harness/snippet-parse';

describe('expandSnippet', () => {
  it.each([
    ['text alone', 'kind: Pod', 'kind: Pod'],
    ['bare tab stops', 'a$1b${2}c$0', 'abc'],
    ['a placeholder', 'name: ${1:web}', 'name: web'],
    ['a nested placeholder', '${1:one ${2:two}} three', 'one two three'],
    ['a choice, by its first', '${1|restricted,baseline|}', 'restricted'],
    ['escapes in a choice', '${1|a\\,b\\|c\\\\d,e|}', 'a,b|c\\d'],
    ['a mirror after its default', '${1:web}-$1-${1}', 'web-web-web'],
    ['a mirror before its default', '$1 ${1:web}', 'web web'],
    ['a mirror inside another default', '${1:web} ${2:registry/$1:1.0}', 'web registry/web:1.0'],
    ['a mirror of a nested default', '${1:a${2:b}} $1 $2', 'ab ab b'],
    ['the first of two defaults', '${1:first} ${1:second}', 'first first'],
    ['a mirror of a choice', '${1|x,y|} $1', 'x x'],
    ['a final stop with text', 'a ${0:end}', 'a end'],
    ['escapes in text', '\\$1 \\} \\\\ \\n', '$1 } \\ \\n'],
    ['escapes in a placeholder', '${1:{a\\}}', '{a}'],
    ['an escaped expression with a placeholder inside', '\\${{ steps.${1:push}.id }}', '${{ steps.push.id }}'],
    ['braces outside placeholders', 'rule[{"m": m}] { x }', 'rule[{"m": m}] { x }'],
    ['a known variable without a value', '<$TM_FILENAME>', '<>'],
    ['a variable with a default', '${TM_FILENAME_BASE:pod}', 'pod'],
    ['a variable with a placeholder as its default', '${TM_FILENAME_BASE:${1:pod}} $1', 'pod pod'],
    ['an unknown variable', '$nobody ${nothing}', 'nobody nothing'],
    ['a transform of a mirror', '${1:K8sLabels} ${1/(.*)/${1:/downcase}/}', 'K8sLabels k8slabels'],
    ['a transform before its default', '${1/[A-Z]/-/g}: ${1:aBcD}', 'a-c-: aBcD'],
  ])('expands %s', (_, body, expected) => {
    expect(expandSnippet(body)).toBe(expected);
  });

  it.each([
    ['an open placeholder', '${1:web', '${1:web'],
    ['a choice without end', '${1|a,b}', '${1|a,b}'],
    ['a choice with an empty element', '${1|a,,b|}', '${1|a,,b|}'],
    ['a choice for the final stop', '${0|a,b|}', '${0|a,b|}'],
    ['a transform with a broken pattern', '${1/(/x/}', '${1/(/x/}'],
    ['an expression of a workflow', '${{ github.sha }}', '${{ github.sha }}'],
    ['a dollar at the end', 'cost $', 'cost $'],
  ])('leaves %s as text and reports its dollar', (_, body, expected) => {
    expect(expandSnippet(body)).toBe(expected);
    expect(parseSnippet(body).strayDollars).toEqual([body.indexOf('$')]);
  });

  it('joins lines and takes the values of variables', () => {
    expect(expandSnippet(['name: $TM_FILENAME_BASE', 'kind: ${KIND:Pod}'], { TM_FILENAME_BASE: 'web' })).toBe(
      'name: web\nkind: Pod',
    );
  });

  it.each([
    ['${V/(.*)\\..+$/$1/}', 'pod.yaml', 'pod'],
    ['${V/-/_/g}', 'a-b-c', 'a_b_c'],
    ['${V/-/_/}', 'a-b-c', 'a_b-c'],
    ['${V/\\//-/}', 'a/b', 'a-b'],
    ['${V/b/\\//}', 'abc', 'a/c'],
    ['${V/^(x)?.*/${1:+yes}/}', 'x1', 'yes'],
    ['${V/^(x)?.*/${1:+yes}/}', 'y1', ''],
    ['${V/^(x)?.*/${1:?yes:no}/}', 'y1', 'no'],
    ['${V/^(x)?.*/${1:-no}/}', 'y1', 'no'],
    ['${V/^(x)?.*/${1:no}/}', 'x1', 'x'],
    ['${V/^(x).*/${1:-none}/}', 'y1', 'none'],
    ['${V/(.*)/${1:/upcase}/}', 'my-app', 'MY-APP'],
    ['${V/(.*)/${1:/capitalize}/}', 'my-app', 'My-app'],
    ['${V/(.*)/${1:/pascalcase}/}', 'my-app', 'MyApp'],
    ['${V/(.*)/${1:/camelcase}/}', 'my-app', 'myApp'],
    ['${V/(.*)/${1:/kebabcase}/}', 'myApp two', 'my-app-two'],
    ['${V/(.*)/${1:/snakecase}/}', 'my-App', 'my_app'],
  ])('transforms by %s the value %s', (body, value, expected) => {
    expect(expandSnippet(body, { V: value })).toBe(expected);
  });
});

describe('listSnippetStops', () => {
  it('lists stops in the order of the text, the nested ones after their holder', () => {
    expect(listSnippetStops('${2:a ${1|x,y|}} $1 $0')).toEqual([
      { index: 2, choices: [], hasDefault: true },
      { index: 1, choices: ['x', 'y'], hasDefault: true },
      { index: 1, choices: [], hasDefault: false },
      { index: 0, choices: [], hasDefault: false },
    ]);
  });
});
