import { defineRule, type RuleContext } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding } from './_bindings';
import { toBinding } from './_example';
import { isBeside } from './_role-reference';

const toExample = (extra: string) =>
  toBinding('ClusterRoleBinding', 'ClusterRole', 'view', `kind: ServiceAccount\nname: reporter${extra}`);

export default defineRule({
  id: 'subject-namespace-missing',
  category: 'rbac',
  title: 'ServiceAccount without a namespace',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A binding names a ServiceAccount without saying of which namespace.',
    why: 'In a ClusterRoleBinding the API server refuses it. In a RoleBinding the account of the same namespace is meant, which stops being true when somebody copies the binding.',
    remedy:
      'Write the `namespace` of the subject. In a RoleBinding this is a note, and nothing where the binding names no namespace either. Nothing is said in a folder with a kustomization, which writes the namespace.',
    flags: toExample(''),
    passes: toExample('\nnamespace: shop'),
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      if (!binding || isKustomized(context)) return;
      for (const { ref, kind, name } of binding.subjects) {
        if (kind !== 'ServiceAccount' || name === undefined || !ref.get('namespace').isAbsent) continue;
        // What leaves its own namespace open too is written to be applied anywhere.
        if (!binding.isClusterWide && resource.namespace === undefined) continue;
        const namespace = binding.isClusterWide ? findNamespace(name, context) : resource.namespace;
        const at = ref.get('name');
        const who = `${describeBinding(binding)} names ServiceAccount "${name}" without its namespace`;
        const fixes =
          namespace === undefined
            ? []
            : [
                {
                  title: `Add namespace: ${namespace}`,
                  safety: binding.isClusterWide ? ('unsafe' as const) : ('safe' as const),
                  operations: [{ op: 'set', at: ref.get('namespace'), value: namespace } as const],
                },
              ];
        yield binding.isClusterWide
          ? { at, message: `${who}: the API server refuses it.`, fixes }
          : { at, severity: 'info', message: `${who}: that of the binding is taken.`, fixes };
      }
    },
  },
});

/** The only namespace in which the workspace holds an account of the name. */
function findNamespace(name: string, { workspace }: RuleContext): string | undefined {
  const accounts = workspace
    .all('service-account')
    .filter(({ value }) => value.name === name && value.isNamespaceWritten);
  const [only, ...others] = new Set(accounts.map(({ value }) => value.namespace));
  return others.length === 0 ? only : undefined;
}

function isKustomized(context: RuleContext): boolean {
  const targets = context.workspace.find('deployment-target', 'all');
  return targets.some(({ value, uri }) => value.replacesNamespaces && isBeside(uri, context));
}
