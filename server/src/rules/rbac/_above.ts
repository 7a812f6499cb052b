import { isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isGrantingEverything } from '../../model/kubernetes/rbac-roles';
import { WRITE_OR_DELETE } from './_danger';
import { DANGERS, findDanger } from './_dangers';
import { findGrant, type Right } from './_grants';
import { getSpecialVerbsHeld } from './_special';

const READING = ['get', 'list', 'watch'];
// What `edit` and `admin` do not hold by themselves.
const ABOVE = [
  'nodes-writable',
  'persistent-volume-creation',
  'policy-engine-writable',
  'roles-writable',
  'namespaces-patchable',
  'api-service-writable',
  'custom-resource-definition-writable',
] as const;

// What reading is enough for to see credentials or to get into pods.
const OPENING = [
  '*',
  'secrets',
  'pods/exec',
  'pods/attach',
  'pods/portforward',
  'pods/proxy',
  'nodes/proxy',
  '*/exec',
  '*/attach',
  '*/portforward',
  '*/proxy',
];
// Who has one of these in the whole cluster rules it.
const CONTROLLING: readonly Right[] = [
  { group: '', resources: ['nodes/proxy'] },
  { group: '', resources: ['users', 'groups'], verbs: ['impersonate'] },
  { group: 'admissionregistration.k8s.io', verbs: WRITE_OR_DELETE },
];

/** True when a rule grants more than people expect of the default role that it is added to. */
export function isAbove(rule: PolicyRule, target: string): boolean {
  if (rule.resources.length === 0) return false;
  const [groups, resources, verbs] = [toStrings(rule.apiGroups), toStrings(rule.resources), toStrings(rule.verbs)];
  if (target === 'view') {
    // Reviews are questions, although one asks them by `create`.
    const isAsking = resources.every((name) => name.endsWith('reviews'));
    const isCore = groups.some((name) => name === '' || name === '*');
    return (
      (isCore && resources.some((name) => OPENING.includes(name))) ||
      (!isAsking && verbs.some((verb) => !READING.includes(verb)))
    );
  }
  if (isGrantingEverything(rule) || (groups.includes('*') && resources.includes('*'))) return true;
  if (getSpecialVerbsHeld(rule).some((verb) => verbs.includes(verb) && verb !== 'impersonate')) return true;
  // `admin` writes the Roles of its namespace anyway.
  const isNamespaceAdmin = target === 'admin' && resources.every((name) => name === 'roles' || name === 'rolebindings');
  if (!isNarrowed(rule) && CONTROLLING.some((right) => findGrant(rule, right))) return true;
  return ABOVE.some((id) => findDanger(rule, DANGERS[id]) && !(id === 'roles-writable' && isNamespaceAdmin));
}
