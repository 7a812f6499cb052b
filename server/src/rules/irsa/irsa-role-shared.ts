import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { getRoleName } from '../../model/iam/role';
import { getEffectiveNamespace } from '../../model/kubernetes/resource';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const READER = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-role-shared',
  category: 'irsa',
  title: 'One IAM role on several ServiceAccounts',
  severity: 'info',
  confidence: 'medium',
  fixable: 'never',
  standards: ['aws/eks-identity-best-practices'],
  docs: {
    what: 'Several ServiceAccounts of different names or namespaces are annotated with the same IAM role.',
    why: 'Each of them has all that any of them needs, and the logs of AWS show one role for all. If one workload is taken over, so is what the others may do.',
    remedy: 'Make a role for each account, with what its workload needs.',
    flags: {
      'a.yaml': READER,
      'b.yaml': toAccountExample('production', 's3-writer', 's3-reader'),
    },
    passes: { 'a.yaml': READER, 'b.yaml': toAccountExample('production', 's3-writer', 's3-writer') },
  },
  visit: {
    *resource(resource, { workspace }) {
      const { kind, group, name, namespace, metadata } = resource;
      const at = metadata.get('annotations', ROLE_ARN_ANNOTATION);
      const role = at.isPresent ? getLiteral(at) : undefined;
      if (kind !== 'ServiceAccount' || group !== '' || name === undefined || namespace === undefined) return;
      if (!role || hasPlaceholder(role)) return;
      const all = workspace.conclude('service accounts by role', byRole).get(role) ?? [];
      const [first] = all;
      // Said once, where the role is seen for the first time.
      if (!first || first.value.name !== name || first.value.namespace !== getEffectiveNamespace(resource)) return;
      const others = all.filter(({ value }) => value.name !== name || value.namespace !== namespace);
      if (others.length === 0) return;
      const names = others.slice(0, 3).map(({ value }) => `"${value.name}" in "${value.namespace}"`);
      yield {
        at,
        span: getTextSpan(at),
        message: `Role "${getRoleName(role) ?? role}" is that of ${names.join(', ')}${others.length > 3 ? ', …' : ''} too, so each of them can do what any of them needs.`,
        related: others.slice(0, 3).map(({ place, value }) => ({
          place: { ...place, path: [...place.path, 'metadata', 'name'] },
          message: `ServiceAccount "${value.name}" in namespace "${value.namespace}"`,
        })),
      };
    },
  },
});

function byRole(workspace: Workspace): ReadonlyMap<string, readonly Known<ServiceAccountFact>[]> {
  const accounts = new Map<string, Known<ServiceAccountFact>[]>();
  for (const known of workspace.all('service-account')) {
    const { roleArn, isNamespaceWritten } = known.value;
    if (!roleArn || !isNamespaceWritten) continue;
    const list = accounts.get(roleArn);
    if (list) list.push(known);
    else accounts.set(roleArn, [known]);
  }
  return accounts;
}
