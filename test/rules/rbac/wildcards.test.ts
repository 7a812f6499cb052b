import { describe, expect, test } from 'vitest';
import apiGroupWildcard from '../../../server/src/rules/rbac/api-group-wildcard';
import clusterAdminEquivalent from '../../../server/src/rules/rbac/cluster-admin-equivalent';
import nonResourceUrlWildcard from '../../../server/src/rules/rbac/non-resource-url-wildcard';
import resourceWildcard from '../../../server/src/rules/rbac/resource-wildcard';
import subresourceWildcard from '../../../server/src/rules/rbac/subresource-wildcard';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { aggregated, role, rule } from './roles';

describe('cluster-admin-equivalent', () => {
  const everything = rule('"*"', '"*"', '"*"');

  test('an error in a ClusterRole, a warning in a Role', () => {
    expect(inspect(clusterAdminEquivalent, role(everything))).toMatchObject([{ text: '"*"', severity: 'error' }]);
    const [found] = inspect(clusterAdminEquivalent, role(everything, 'Role'));
    expect(found).toMatchObject({ severity: 'warning' });
    expect(found?.message).toContain('in namespace "shop"');
  });

  test('said once: the rules on groups and resources stay silent', () => {
    expect(inspect(resourceWildcard, role(everything))).toEqual([]);
    expect(inspect(apiGroupWildcard, role(everything))).toEqual([]);
  });

  test.each([
    ['verbs that are listed', role(rule('"*"', '"*"', 'get'))],
    ['objects that are named', role(rule('"*"', '"*"', '"*"', 'one'))],
    ['cluster-admin itself', role(everything).replace('name: operator', 'name: cluster-admin')],
    ['rules that a controller writes', aggregated(everything)],
  ])('silent for %s', (_, text) => {
    expect(inspect(clusterAdminEquivalent, text)).toEqual([]);
  });
});

describe('resource-wildcard', () => {
  test.each([
    ['reading', '""', 'get, list', 'warning'],
    ['writing', '""', 'get, update', 'error'],
    ['custom resources', 'example.com', '"*"', 'info'],
    ['custom and built-in resources', 'example.com, apps', 'update', 'error'],
  ])('%s', (_, groups, verbs, severity) => {
    expect(inspect(resourceWildcard, role(rule(groups, '"*"', verbs)))).toMatchObject([{ text: '"*"', severity }]);
  });

  test('says that Secrets can be read', () => {
    expect(inspect(resourceWildcard, role(rule('""', '"*"', 'list')))[0]?.message).toContain('Secrets included');
    expect(inspect(resourceWildcard, role(rule('apps', '"*"', 'list')))[0]?.message).not.toContain('Secrets');
    expect(inspect(resourceWildcard, role(rule('""', '"*"', 'delete')))[0]?.message).not.toContain('Secrets');
  });

  test('the fix of a Role leaves out what is in no namespace', () => {
    const text = role(rule('""', '"*"', 'get, list'), 'Role');
    const [found] = inspect(resourceWildcard, text);
    const after = applyFix(resourceWildcard, text, found?.fixes[0] ?? '')['example.yaml'] ?? '';
    expect(after).toContain('configmaps');
    expect(after).not.toMatch(/nodes|namespaces|persistentvolumes[^c]/);
    check(resourceWildcard, text, 1);
  });

  test('the fix names no signers', () => {
    const text = role(rule('certificates.k8s.io', '"*"', 'get, approve'));
    const [found] = inspect(resourceWildcard, text);
    for (const title of found?.fixes ?? [])
      expect(applyFix(resourceWildcard, text, title)['example.yaml']).not.toMatch(/signers|certificatesigning/);
    check(resourceWildcard, text, 1);
  });

  test('the fix lists what the groups have and the verbs suit, without what is sensitive', () => {
    const text = role(rule('""', '"*", pods/log', 'get, list'));
    const [found] = inspect(resourceWildcard, text);
    const after = applyFix(resourceWildcard, text, found?.fixes[0] ?? '')['example.yaml'] ?? '';
    expect(after).toMatch(/"?pods\/log"?/);
    expect(after).toContain('configmaps');
    expect(after).not.toMatch(/secrets|serviceaccounts|bindings/);
    check(resourceWildcard, text, 1);
  });

  test('without a fix where the resources are not known or all of them grave', () => {
    for (const group of ['example.com', '"*"', 'admissionregistration.k8s.io']) {
      expect(inspect(resourceWildcard, role(rule(group, '"*"', 'update')))[0]?.fixes).toEqual([]);
    }
  });
});

describe('api-group-wildcard', () => {
  test('the fix names the groups of the resources', () => {
    const text = role(rule('"*"', 'pods, deployments/scale, events', 'get'));
    const [found] = inspect(apiGroupWildcard, text);
    expect(found).toMatchObject({ text: '"*"', fixes: ['Name the API groups: "" (core), apps, events.k8s.io'] });
    check(apiGroupWildcard, text, 1);
  });

  test('without a fix for names that are not built in', () => {
    expect(inspect(apiGroupWildcard, role(rule('"*"', 'pods, widgets', 'get')))[0]?.fixes).toEqual([]);
  });

  test('silent where another rule says more', () => {
    expect(inspect(apiGroupWildcard, role(rule('"*"', '"*"', 'get')))).toEqual([]);
    expect(inspect(apiGroupWildcard, role(rule('"*"', '"*/finalizers"', 'update')))).toEqual([]);
  });
});

describe('subresource-wildcard', () => {
  test('in front of the slash it is every resource', () => {
    const text = role(rule('apps', '"*/scale"', 'get'));
    const [found] = inspect(subresourceWildcard, text);
    expect(found?.message).toContain('grants "scale" of every resource');
    expect(found?.fixes).toEqual(['Name them: deployments/scale, replicasets/scale, statefulsets/scale']);
    check(subresourceWildcard, text, 1);
  });

  test('behind the slash it is none, and the fix leaves out the ways into pods', () => {
    const text = role(rule('""', '"pods/*", pods/log', 'get'));
    const [found] = inspect(subresourceWildcard, text);
    expect(found).toMatchObject({ text: '"pods/*"' });
    expect(found?.message).toContain('grants nothing');
    const after = applyFix(subresourceWildcard, text, found?.fixes[0] ?? '')['example.yaml'] ?? '';
    expect(after).toContain('pods/status');
    expect(after.match(/pods\/log/g)).toHaveLength(1);
    expect(after).not.toMatch(/exec|attach|portforward|proxy|ephemeral/);
    check(subresourceWildcard, text, 1);
  });

  test('each of several, and none for plain names', () => {
    const found = inspect(subresourceWildcard, role(rule('""', '"pods/*", "*/exec", pods/log, "*"', 'get')));
    expect(found.map(({ text, fixes }) => [text, fixes.length])).toEqual([
      ['"pods/*"', 1],
      ['"*/exec"', 0],
    ]);
  });
});

describe('non-resource-url-wildcard', () => {
  const urls = (list: string, verbs: string) => `nonResourceURLs: [${list}]\nverbs: [${verbs}]`;

  test.each([
    ['"*"', 'get', 'warning'],
    ['/*', 'get, post', 'error'],
    ['"*"', '"*"', 'error'],
  ])('%s with %s', (list, verbs, severity) => {
    expect(inspect(nonResourceUrlWildcard, role(urls(list, verbs)))).toMatchObject([{ text: list, severity }]);
  });

  test('the fix keeps the URLs that are named', () => {
    const found = inspect(nonResourceUrlWildcard, role(urls('/metrics, "*"', 'get')));
    expect(found.map(({ fixes }) => fixes)).toEqual([['Name the URLs: /metrics']]);
    check(nonResourceUrlWildcard, role(urls('/metrics, "*"', 'get')), 1);
    expect(inspect(nonResourceUrlWildcard, role(urls('/healthz/*', 'get')))).toEqual([]);
  });
});
