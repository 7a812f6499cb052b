import { describe, expect, test } from 'vitest';
import verbWildcard from '../../../server/src/rules/rbac/verb-wildcard';
import { check } from '../../harness/check';
import { applyFix } from '../../harness/inspect';
import { checkFile, openProject } from '../../harness/lint-text';

const role = (rules: string, kind = 'ClusterRole', extra = '') => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: releaser
${kind === 'Role' ? '  namespace: shop\n' : ''}${extra}rules:
${rules}`;

function lint(text: string) {
  const found = checkFile(openProject({ 'role.yaml': text }), 'role.yaml').findings;
  return found
    .filter(({ rule }) => rule === 'verb-wildcard')
    .map((finding) => ({ ...finding, text: text.slice(finding.span.start, finding.span.end) }));
}

describe('findings', () => {
  test('in any rule, at the wildcard itself', () => {
    const text = role(`  - apiGroups: [""]
    resources: [namespaces]
    verbs: [get, list]
  - apiGroups: [apps]
    resources: [deployments, statefulsets]
    verbs:
      - get
      - '*'
`);
    const [finding, ...rest] = lint(text);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe("'*'");
    expect(finding?.severity).toBe('error');
    expect(finding?.message).toBe(
      `ClusterRole "releaser" grants every verb on "deployments" and "statefulsets" of the API group "apps".`,
    );
  });

  test('one for each rule, of a Role too', () => {
    const rule = (name: string) => `  - apiGroups: [""]\n    resources: [${name}]\n    verbs: ["*"]\n`;
    const found = lint(role(rule('pods') + rule('services'), 'Role'));
    expect(found.map(({ message }) => message)).toEqual([
      `Role "releaser" grants every verb on "pods" of the core API group.`,
      `Role "releaser" grants every verb on "services" of the core API group.`,
    ]);
  });

  test('milder where every group is one of custom resources', () => {
    const rule = (groups: string) => role(`  - { apiGroups: [${groups}], resources: [certificates], verbs: ["*"] }\n`);
    expect(lint(rule('cert-manager.io')).map(({ severity }) => severity)).toEqual(['warning']);
    expect(lint(rule('cert-manager.io, ""')).map(({ severity }) => severity)).toEqual(['error']);
    expect(lint(rule('"*"')).map(({ severity }) => severity)).toEqual(['error']);
  });

  test.each([
    ['no wildcard', role('  - { apiGroups: [""], resources: [pods], verbs: [get] }\n')],
    ['a template', role('  - { apiGroups: [""], resources: [pods], verbs: ["{{ .verb }}"] }\n')],
    [
      'rules that the controller writes',
      role(
        '  - { apiGroups: [""], resources: [pods], verbs: ["*"] }\n',
        'ClusterRole',
        'aggregationRule: { clusterRoleSelectors: [] }\n',
      ),
    ],
    [
      'a role that the API server keeps',
      role('  - { apiGroups: [""], resources: [pods], verbs: ["*"] }\n').replace(
        'name: releaser',
        'name: system:controller:x',
      ),
    ],
  ])('none for %s', (_, text) => {
    expect(lint(text)).toEqual([]);
  });
});

describe('verbs that the wildcard holds', () => {
  const messageOf = (rule: string) => lint(role(`  - ${rule}\n`))[0]?.message;

  test('those by which a holder rises above its own rights are named', () => {
    expect(messageOf('{ apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: ["*"] }')).toBe(
      'ClusterRole "releaser" grants every verb on "roles" of the API group "rbac.authorization.k8s.io", "escalate" and "bind" included.',
    );
    expect(messageOf('{ apiGroups: [""], resources: [serviceaccounts], verbs: ["*"] }')).toContain(
      '"impersonate" included',
    );
    expect(messageOf('{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }')).toContain(
      '"approve" and "sign" included',
    );
    expect(messageOf('{ apiGroups: [""], resources: [pods], verbs: ["*"] }')).not.toContain('included');
  });
});

describe('fixes', () => {
  const fixesOf = (rule: string) => {
    const text = role(`  - ${rule}\n`);
    return (lint(text)[0]?.fixes ?? []).map(({ title, safety }) => {
      const after = applyFix(verbWildcard, text, title)['example.yaml'] ?? '';
      const list = /verbs: \[([^\]]*)\]/.exec(after)?.[1] ?? '';
      return { title, safety, value: list.split(', ').map((verb) => verb.replaceAll('"', '')) };
    });
  };

  test('reading, reading and writing, or all that is served, spelled out; none of the special verbs', () => {
    const read = ['get', 'list', 'watch'];
    const write = [...read, 'create', 'update', 'patch', 'delete'];
    expect(fixesOf('{ apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: ["*"] }')).toEqual([
      { title: 'Read-only: get, list, watch', safety: 'unsafe', value: read },
      { title: 'Read-write: get, list, watch, create, update, patch, delete', safety: 'unsafe', value: write },
      {
        title: `Every verb that clusterroles support: ${[...write, 'deletecollection'].join(', ')}`,
        safety: 'unsafe',
        value: [...write, 'deletecollection'],
      },
    ]);
  });

  test('only verbs that the resources have', () => {
    expect(fixesOf('{ apiGroups: [authentication.k8s.io], resources: [tokenreviews], verbs: ["*"] }')).toEqual([
      { title: 'Read-write: create', safety: 'unsafe', value: ['create'] },
    ]);
    expect(fixesOf('{ apiGroups: [""], resources: [users], verbs: ["*"] }')).toEqual([]);
  });

  test.each([
    ['flow style', '    verbs: ["*"] # all of them'],
    ['block style', "    verbs:\n      - get # to look\n      - '*' # all of them"],
  ])('%s keeps its style and comments', (_, verbs) => {
    const text = role(`  - apiGroups: [apps]\n    resources: [deployments]\n${verbs}\n`);
    check(verbWildcard, text, 1);
    const after = applyFix(verbWildcard, text, 'Read-only: get, list, watch')['example.yaml'] ?? '';
    expect(after).toContain('# all of them');
    expect(after.includes('verbs: [')).toBe(verbs.includes('verbs: ['));
    expect(after.replace(/#.*/g, '').match(/get|list|watch/g)).toEqual(['get', 'list', 'watch']);
  });

  test('HTTP methods for URLs', () => {
    expect(fixesOf('{ nonResourceURLs: [/metrics], verbs: ["*"] }')).toEqual([
      { title: 'Read-only: get', safety: 'unsafe', value: ['get'] },
      {
        title: 'Every HTTP method: get, head, post, put, patch, delete, options',
        safety: 'unsafe',
        value: ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'],
      },
    ]);
  });
});
