import { describe, expect, test } from 'vitest';
import { getPolicyRules } from '../../../server/src/model/kubernetes/rbac';
import {
  isAuthoredRole,
  isBootstrapClusterRole,
  isGrantingEverything,
  isNonResourceRule,
} from '../../../server/src/model/kubernetes/rbac-roles';
import { readResources } from '../../../server/src/model/kubernetes/resource';
import { readSource } from '../../../server/src/syntax/source-file';

function readRole(kind: string, name: string, rule: string, extra = '') {
  const text = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata: { name: "${name}" }\n${extra}rules:\n  - ${rule}\n`;
  const [resource] = readSource(text, 'yaml').documents.flatMap(({ tree }) => readResources(tree));
  const [first] = resource ? getPolicyRules(resource) : [];
  if (!resource || !first) throw new Error('no role');
  return { resource, rule: first };
}

describe('whose role it is', () => {
  test.each([
    ['ClusterRole', 'cluster-admin', false],
    ['ClusterRole', 'system:node', false],
    ['ClusterRole', 'system:controller:job-controller', false],
    ['ClusterRole', 'system:metrics-server', true],
    ['ClusterRole', 'operator', true],
    ['Role', 'admin', true],
  ])('%s %s: %s', (kind, name, expected) => {
    expect(isAuthoredRole(readRole(kind, name, '{ verbs: [get] }').resource)).toBe(expected);
  });

  test('the rules of an aggregated role are the controller’s', () => {
    expect(isAuthoredRole(readRole('ClusterRole', 'x', '{ verbs: [get] }', 'aggregationRule: {}\n').resource)).toBe(
      false,
    );
  });

  test('a prefix is not enough', () => {
    expect(isBootstrapClusterRole('system:my-own')).toBe(false);
  });
});

describe('what a rule is about', () => {
  test.each([
    ['{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }', true],
    ['{ apiGroups: ["", "*"], resources: [pods, "*"], verbs: [get, "*"] }', true],
    ['{ apiGroups: ["*"], resources: ["*"], verbs: ["*"], resourceNames: [one] }', false],
    ['{ apiGroups: [""], resources: ["*"], verbs: ["*"] }', false],
    ['{ nonResourceURLs: ["*"], verbs: ["*"] }', false],
  ])('%s grants everything: %s', (rule, expected) => {
    expect(isGrantingEverything(readRole('ClusterRole', 'x', rule).rule)).toBe(expected);
  });

  test('URLs, or resources', () => {
    expect(isNonResourceRule(readRole('ClusterRole', 'x', '{ nonResourceURLs: [/a], verbs: [get] }').rule)).toBe(true);
    expect(isNonResourceRule(readRole('ClusterRole', 'x', '{ resources: [pods], verbs: [get] }').rule)).toBe(false);
  });
});
