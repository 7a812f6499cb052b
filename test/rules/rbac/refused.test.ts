import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import bindingNameInvalid from '../../../server/src/rules/rbac/binding-name-invalid';
import roleKindWrong from '../../../server/src/rules/rbac/role-kind-wrong';
import subjectKindWrong from '../../../server/src/rules/rbac/subject-kind-wrong';
import subjectNamespaceIgnored from '../../../server/src/rules/rbac/subject-namespace-ignored';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { binding } from './roles';

type Files = Readonly<Record<string, string>>;
const seen = (tested: Rule, files: Files | string) =>
  inspect(tested, files).map((found) => [found.text, found.severity, ...found.fixes]);
const bind = (subject: string, kind = 'RoleBinding') => binding(kind, 'view', [subject]);
const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: shop\n';

describe('a subject of a kind that does not exist', () => {
  test.each<[string, string[]]>([
    ['user jo', ['user', 'error', 'Make it a User', 'Remove the subject user jo']],
    ['Groups ops', ['Groups', 'error', 'Make it a Group', 'Remove the subject Groups ops']],
    ['serviceaccount web shop', ['serviceaccount', 'error', 'Make it a ServiceAccount']],
    ['Service-Account web shop', ['Service-Account', 'error', 'Make it a ServiceAccount']],
    ['ServiceAcount web shop', ['ServiceAcount', 'error', 'Make it a ServiceAccount']],
    ['SA web shop', ['SA', 'error', 'Make it a ServiceAccount']],
    ['Role system:masters', ['Role', 'error', 'Make it a Group']],
    ['Pod web', ['Pod', 'error', 'Remove the subject Pod web']],
    ['Deployment web shop', ['Deployment', 'error', 'Remove the subject Deployment web']],
  ])('%s', (subject, expected) => {
    const text = bind(subject);
    expect(seen(subjectKindWrong, text)[0]?.slice(0, expected.length)).toEqual(expected);
    check(subjectKindWrong, text, 1);
  });

  test('is taken for the account that is here', () => {
    const files = { 'b.yaml': bind('Deployment web shop'), 'a.yaml': ACCOUNT };
    expect(seen(subjectKindWrong, files)[0]?.[2]).toBe('Make it a ServiceAccount');
    check(subjectKindWrong, files, 1);
  });

  test('no kind at all: a namespace says that it is an account', () => {
    const noKind = bind('User jo').replace('kind: User\n    ', '');
    expect(inspect(subjectKindWrong, noKind)[0]?.message).toContain('names "jo" without a kind');
    expect(seen(subjectKindWrong, noKind)[0]?.slice(2)).toEqual(['Remove the subject jo']);
    const inNamespace = noKind.replace('name: jo', 'namespace: shop\n    name: jo');
    expect(seen(subjectKindWrong, inNamespace)[0]?.[2]).toBe('Make it a ServiceAccount');
    check(subjectKindWrong, inNamespace, 1);
  });

  test('the API group of another kind goes', () => {
    const text = bind('serviceaccount web shop').replace(
      '- kind: serviceaccount',
      '- apiGroup: rbac.authorization.k8s.io\n    kind: serviceaccount',
    );
    const fixed = applyFix(subjectKindWrong, text, 'Make it a ServiceAccount')['example.yaml'] ?? '';
    expect(fixed).toContain('subjects:\n  - kind: ServiceAccount\n    name: web');
    check(subjectKindWrong, text, 1);
  });

  test.each(['User jo', 'Group ops', 'ServiceAccount jo', '"{{ .Values.kind }}" jo', '${KIND} jo'])(
    '%s is none of them',
    (subject) => {
      const text = binding('RoleBinding', 'view', ['User al']).replace(
        /- kind: User\n {4}name: al.*\n/,
        `- kind: ${subject.replace(/ (\S+)$/, '')}\n    name: x\n`,
      );
      expect(seen(subjectKindWrong, text)).toEqual([]);
    },
  );
});

describe('a namespace of what is in none', () => {
  test('is a note, and a warning where an account is called so', () => {
    const text = bind('User web shop');
    expect(seen(subjectNamespaceIgnored, text)).toEqual([['shop', 'info', 'Remove namespace']]);
    check(subjectNamespaceIgnored, text, 1);
    const files = { 'b.yaml': text, 'a.yaml': ACCOUNT };
    expect(seen(subjectNamespaceIgnored, files)).toEqual([
      ['shop', 'warning', 'Make it a ServiceAccount', 'Remove namespace'],
    ]);
    check(subjectNamespaceIgnored, files, 1);
  });

  test('says nothing of accounts, of none, and of what is not known', () => {
    for (const subject of [
      'ServiceAccount web shop',
      'User web',
      '"{{ .x }}" web shop',
      'Group web ${NS}',
      'Group web ""',
    ])
      expect(seen(subjectNamespaceIgnored, bind(subject))).toEqual([]);
  });
});

describe('names that cannot be', () => {
  test.each<[string, string, string[]]>([
    ['underscore', 'ServiceAccount web_api shop', ['web_api', 'Change it to "web-api"']],
    ['capitals', 'ServiceAccount webApi shop', ['webApi', 'Change it to "webapi"']],
    ['a dash at the end', 'ServiceAccount web- shop', ['web-', 'Remove the subject ServiceAccount web-']],
  ])('%s', (_, subject, [text, fix]) => {
    const found = seen(bindingNameInvalid, bind(subject))[0];
    expect([found?.[0], found?.[2]]).toEqual([text, fix]);
    check(bindingNameInvalid, bind(subject), 1);
  });

  test('a name that no account here has is not put in its place', () => {
    expect(seen(bindingNameInvalid, { 'b.yaml': bind('ServiceAccount WEB_Api shop'), 'a.yaml': ACCOUNT })).toEqual([
      ['WEB_Api', 'error', 'Remove the subject ServiceAccount WEB_Api'],
    ]);
    const files = { 'b.yaml': bind('ServiceAccount Web shop'), 'a.yaml': ACCOUNT };
    expect(seen(bindingNameInvalid, files)[0]?.[2]).toBe('Change it to "web"');
    check(bindingNameInvalid, files, 1);
  });

  test.each([
    'ServiceAccount web.api-2 shop',
    'User Jo_Doe',
    'Group A/b',
    'ServiceAccount ACCOUNT_NAME shop',
    'ServiceAccount <name> shop',
    'ServiceAccount $(sa)-Web shop',
    'ServiceAccount ${sa}_A shop',
  ])('%s may be, or is filled in later', (subject) => expect(seen(bindingNameInvalid, bind(subject))).toEqual([]));

  test('no name at all', () => {
    const nameless = bind('User jo').replace(/\n {4}name: jo.*/, '');
    expect(seen(bindingNameInvalid, nameless)).toEqual([['kind: User', 'error', 'Remove the subject User']]);
    check(bindingNameInvalid, nameless, 1);
    check(bindingNameInvalid, bind('User ""'), 1);
    expect(seen(bindingNameInvalid, bind('User "{{ .x }}"'))).toEqual([]);
    const noRole = bind('User jo').replace('  name: view\n', '');
    expect(seen(bindingNameInvalid, noRole)).toEqual([['roleRef', 'error']]);
    check(bindingNameInvalid, noRole, 1);
    check(bindingNameInvalid, bind('User jo').replace('name: view', 'name: apps/view'), 1);
    check(bindingNameInvalid, bind('User jo').replace('name: view', 'name: system:controller:x'), 0);
    // A patch of the subjects says nothing of the role.
    check(bindingNameInvalid, bind('User jo').replace(/roleRef:\n( {2}.*\n)+/, ''), 0);
  });
});

describe('a role of a kind that does not exist', () => {
  const withKind = (kind: string, role = 'view', of = 'RoleBinding') =>
    binding(of, role, ['Group ops'])
      .replace('  kind: ClusterRole\n', kind === '' ? '' : `  kind: ${kind}\n`)
      .replace(/roleRef:\n {2}apiGroup: .*\n {2}name/, 'roleRef:\n  name');

  test.each<[string, string, string[]]>([
    ['another spelling', withKind('clusterrole'), ['clusterrole', 'error', 'Change the kind to ClusterRole']],
    ['a slip', withKind('ClusterRol'), ['ClusterRol', 'error', 'Change the kind to ClusterRole']],
    ['none, of a known role', withKind(''), ['roleRef', 'error', 'Change the kind to ClusterRole']],
    ['none, of one that nobody knows', withKind('', 'reader'), ['roleRef', 'error']],
    ['what cannot be bound in the cluster', withKind('role', 'reader', 'ClusterRoleBinding'), ['role', 'error']],
    ['something else', withKind('Group', 'reader'), ['Group', 'error']],
  ])('%s', (_, text, expected) => {
    expect(seen(roleKindWrong, text)).toEqual([expected]);
    check(roleKindWrong, text, 1);
  });

  test('is not said of what is filled in later', () => {
    expect(seen(roleKindWrong, withKind('"{{ .Values.kind }}"'))).toEqual([]);
  });
});
