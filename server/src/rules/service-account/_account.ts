import type { RuleContext } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import type { Known } from '../../model/workspace/fact';
import type { AccountBindingFact, ServiceAccountFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';

/** The account that a pod runs as. */
export interface PodAccount {
  readonly name: string;
  /** Where it is written; absent where the pod leaves it to the default. */
  readonly at: Ref;
  /** The namespace of the pod as written; undefined where kubectl, kustomize or Argo CD choose it. */
  readonly namespace: string | undefined;
}

/** The account that a pod names, `default` where it names none; undefined where that cannot be known. */
export function readPodAccount({ spec, resource }: PodTemplate): PodAccount | undefined {
  const current = spec.get('serviceAccountName');
  const at = current.isWritten ? current : spec.get('serviceAccount');
  if (at.isUnknown || resource.metadata.get('namespace').isUnknown) return undefined;
  if (at.isPresent && at.string === undefined) return undefined;
  return { name: at.string || 'default', at, namespace: resource.namespace };
}

/** The ServiceAccounts of the workspace that may be the pod's: of its name, and of its namespace as far as both say one. */
export function findAccounts(account: PodAccount, { workspace }: RuleContext): readonly Known<ServiceAccountFact>[] {
  const named = workspace.conclude('service accounts by name', byName).get(account.name) ?? [];
  return named.filter(({ value }) => {
    return account.namespace === undefined || !value.isNamespaceWritten || value.namespace === account.namespace;
  });
}

/** The bindings that give rights to an account. A namespace that is not written may be any. */
export function findBindings(account: PodAccount, { workspace }: RuleContext): readonly Known<AccountBindingFact>[] {
  return workspace.find('account-binding', account.name).filter(({ value: { namespace } }) => {
    return account.namespace === undefined || namespace === undefined || namespace === account.namespace;
  });
}

// Their controllers make the pod of other fields, or need the token themselves.
const FOREIGN_GROUPS: ReadonlySet<string> = new Set(['serving.knative.dev', 'tekton.dev']);

/** True for a pod whose template the API server takes as it stands, so that every field of a pod's spec can be set in it. */
export function isPlainTemplate({ resource: { group, kind } }: PodTemplate): boolean {
  return !FOREIGN_GROUPS.has(group) && (group !== 'argoproj.io' || kind === 'Rollout');
}

function byName(workspace: Workspace): ReadonlyMap<string, readonly Known<ServiceAccountFact>[]> {
  const accounts = new Map<string, Known<ServiceAccountFact>[]>();
  for (const known of workspace.all('service-account')) {
    const list = accounts.get(known.value.name);
    if (list) list.push(known);
    else accounts.set(known.value.name, [known]);
  }
  return accounts;
}
