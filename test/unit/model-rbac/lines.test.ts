import { expect, test } from 'vitest';
import { toRuleLines } from '../../../server/src/engine/rbac-lines';
import type { RoleRule } from '../../../server/src/model/workspace/rbac-topics';
import { API_GROUPS, getResourcesOfGroup } from '../../../server/src/standards/api-resources';

const rule = (apiGroup: string, resources: string, verbs: string, names = ''): RoleRule => ({
  apiGroups: [apiGroup],
  resources: resources.split(' '),
  verbs: verbs.split(' '),
  resourceNames: names === '' ? [] : names.split(' '),
  nonResourceURLs: [],
  isNarrowed: names !== '',
  isKnown: true,
  path: [],
});
const RBAC = 'rbac.authorization.k8s.io';

test.each<[RoleRule, string[]]>([
  [rule('', 'pods/exec', 'create'), ['run commands in containers (`pods/exec`)']],
  [rule('', 'pods/exec', 'list'), ['list `pods/exec`']],
  [
    rule('', 'pods pods/exec pods/log', 'get list create'),
    ['read and create `pods`', 'run commands in containers (`pods/exec`)', 'read the logs of pods (`pods/log`)'],
  ],
  [rule('', 'pods/log', 'get', 'one'), ['read the logs of pods named `one` (`pods/log`)']],
  [
    rule('', 'services/proxy pods/proxy', '*'),
    ['send requests to pods and Services through the API server (`services/proxy` and `pods/proxy`)'],
  ],
  [rule('', 'nodes/proxy', 'get'), ['use the whole API of the kubelets (`nodes/proxy`)']],
  [rule('', 'serviceaccounts/token', 'create'), ['make tokens of service accounts (`serviceaccounts/token`)']],
  [rule('', 'users groups', 'impersonate'), ['act as any of `users` and `groups`']],
  [rule('', 'users', 'get impersonate', 'jo'), ['get `users` named `jo`', 'act as `users` named `jo`']],
  [rule(RBAC, 'roles', 'escalate'), ['write `roles` that grant more than it may do itself']],
  [rule(RBAC, '*', 'bind'), ['bind `roles` and `clusterroles` that grant more than it may do itself']],
  [rule('', 'pods', 'bind'), ['`bind` `pods`']],
  [
    rule('certificates.k8s.io', 'signers', 'approve', 'kubernetes.io/kubelet-serving'),
    ['approve certificates of `signers` named `kubernetes.io/kubelet-serving`'],
  ],
  [rule('apps', '*', '*'), ['**do everything** with **every resource** of `apps`']],
  [
    { ...rule('', 'pods', 'get'), isNarrowed: true, isKnown: false },
    ['get `pods` named as is filled in later', 'what cannot be read here'],
  ],
  [{ ...rule('', 'pods', 'get'), isKnown: false }, ['get `pods`', 'what cannot be read here']],
  [{ ...rule('', 'pods', 'get'), verbs: [] }, ['do nothing with `pods`']],
  [{ ...rule('', 'pods', 'get'), resources: [] }, ['get nothing']],
])('%j', (given, expected) => expect(toRuleLines(given, false)).toEqual(expected));

test('every resource and verb is said, whatever it is', () => {
  for (const group of API_GROUPS) {
    for (const { resource, subresources, verbs } of getResourcesOfGroup(group)) {
      const names = [resource, ...Object.keys(subresources).map((name) => `${resource}/${name}`)];
      for (const name of names) {
        for (const verb of [...verbs, 'create', 'get', '*']) {
          const [line, ...rest] = toRuleLines(rule(group, name, verb), false);
          expect(rest).toEqual([]);
          expect(line).toContain(`\`${name}\``);
        }
      }
    }
  }
});
