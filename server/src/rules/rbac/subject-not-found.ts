import type { Fix } from '../../engine/operation';
import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import { findNear, isSubjectOf } from '../../model/iam/near';
import { type Binding, type BindingSubject, readBinding } from '../../model/kubernetes/rbac-bindings';
import type { Resource } from '../../model/kubernetes/resource';
import { getAbsence, toSeverity } from '../../model/workspace/absence';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import { describeBinding, toSubjectRemoval } from './_bindings';
import { toBinding } from './_example';
import { toAccountOperations } from './_own-account';
import { isBeside } from './_role-reference';

const ACCOUNT = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web-reader\n  namespace: shop\n';
const toExample = (name: string) =>
  `${ACCOUNT}---\n${toBinding('RoleBinding', 'ClusterRole', 'view', `kind: ServiceAccount\nname: ${name}\nnamespace: shop`)}`;

export default defineRule({
  id: 'subject-not-found',
  category: 'rbac',
  title: 'Subject is not there',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A binding names a ServiceAccount that no file of the workspace holds, although the workspace holds others of that namespace, or one of nearly that name.',
    why: 'The account that needs the rights does not get them, and whoever may create service accounts in that namespace can make the one that does.',
    remedy:
      'Correct the name or the namespace, or remove the subject. Where nothing is called nearly so, this is a note: a chart, an operator or eksctl may make the account. Nothing is said of a namespace of which the workspace holds no account. `workspace.complete` and `workspace.external` say what the workspace holds and what lives elsewhere.',
    flags: toExample('web-raeder'),
    passes: toExample('web-reader'),
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      for (const subject of binding?.subjects ?? []) {
        const report = binding && toReport(binding, subject, context);
        if (report) yield report;
      }
    },
  },
});

function toReport(binding: Binding, subject: BindingSubject, context: RuleContext): Report | undefined {
  const { ref, kind, name } = subject;
  const written = ref.get('namespace');
  const namespace = written.isAbsent ? binding.resource.namespace : written.isPresent ? written.string : undefined;
  if (kind !== 'ServiceAccount' || name === undefined || namespace === undefined) return undefined;
  const { workspace } = context;
  const absence = getAbsence({ kind, namespace, name }, context);
  if (absence === 'elsewhere') return undefined;
  const inNamespace = workspace.find('service-account', namespace);
  const open = namespace === 'default' ? [] : workspace.find('service-account', 'default');
  const inReach = [...inNamespace, ...open.filter(({ value }) => !value.isNamespaceWritten)];
  const wanted = { name, namespace };
  if (inReach.some(({ value }) => isSubjectOf(wanted, value))) return undefined;
  const who = `${describeBinding(binding)} names ServiceAccount "${name}" of namespace "${namespace}", which no file here holds`;
  const meant = findMeant(wanted, inReach, context);
  if (meant) {
    const { value, place } = meant;
    const isOther = value.isNamespaceWritten && value.namespace !== namespace;
    const where = isOther ? ` of namespace "${value.namespace}"` : '';
    const operations = [
      ...(value.name === name ? [] : [{ op: 'set', at: ref.get('name'), value: value.name } as const]),
      ...(isOther ? [{ op: 'set', at: ref.get('namespace'), value: value.namespace } as const] : []),
    ];
    return {
      at: value.name === name ? written : ref.get('name'),
      message: `${who}. Did you mean "${value.name}"${where}?`,
      related: [{ place, message: `ServiceAccount "${value.name}" is here.` }],
      fixes: [{ title: `Change it to "${value.name}"${where}`, safety: 'unsafe', operations }],
    };
  }
  if (absence === 'open') return undefined;
  const message = absence === 'likely' ? `${who}, although others of that namespace are here.` : `${who}.`;
  return {
    at: ref.get('name'),
    ...toSeverity(absence),
    message,
    fixes: [toAddition(name, namespace, binding.resource, context), toSubjectRemoval(subject)],
  };
}

/** An account of the namespace by nearly the name, or of that very name in another namespace of the same folder. */
function findMeant(
  wanted: { readonly name: string; readonly namespace: string },
  inReach: readonly Known<ServiceAccountFact>[],
  context: RuleContext,
): Known<ServiceAccountFact> | undefined {
  const byName = context.workspace.conclude('rbac/accounts-by-name', (asked) => {
    const found = new Map<string, Known<ServiceAccountFact>[]>();
    for (const known of asked.all('service-account')) {
      found.set(known.value.name, [...(found.get(known.value.name) ?? []), known]);
    }
    return found;
  });
  const elsewhere = (byName.get(wanted.name) ?? []).filter(({ uri }) => isBeside(uri, context));
  const nearby = inReach.filter(({ value, uri }) => value.isNamespaceWritten || isBeside(uri, context));
  const [near] = findNear(
    wanted,
    [...nearby, ...elsewhere].map((known) => ({ ...known.value, known })),
  );
  return near && near.difference !== 'exchanged' ? near.account.known : undefined;
}

function toAddition(name: string, namespace: string, { root }: Resource, context: RuleContext): Fix {
  const operations = toAccountOperations(name, namespace, root, context);
  return { title: `Add a ServiceAccount "${name}" in namespace ${namespace}`, safety: 'unsafe', operations };
}
