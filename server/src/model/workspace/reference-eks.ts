import type { Ref } from '../../syntax/ref';
import type { Resource } from '../kubernetes/resource';

/** A scalar that names a ServiceAccount, for an object of EKS. */
export interface EksAccount {
  readonly ref: Ref;
  /** As written, or as the tool fills it in; undefined where it is not known. */
  readonly namespace: string | undefined;
  /** True where eksctl makes the account. */
  readonly isMade: boolean;
}

/** The accounts that an eksctl ClusterConfig makes, or gives roles to. */
export function readEksAccounts({ group, kind, root }: Resource): EksAccount[] {
  if (group !== 'eksctl.io' || kind !== 'ClusterConfig') return [];
  const iam = root.get('iam');
  return [
    ...iam
      .get('serviceAccounts')
      .items()
      .flatMap((item) => {
        const [name, namespace] = [item.get('metadata', 'name'), item.get('metadata', 'namespace')];
        return toAccount(name, namespace, item.get('roleOnly').boolean !== true);
      }),
    ...iam
      .get('podIdentityAssociations')
      .items()
      .flatMap((item) => toAccount(item.get('serviceAccountName'), item.get('namespace'), false)),
  ];
}

/** A pattern names no account. eksctl takes the namespace `default` where none is written. */
function toAccount(ref: Ref, namespace: Ref, isMade: boolean): EksAccount[] {
  if (!ref.isPresent || !ref.string || /[*?]/.test(ref.string)) return [];
  return [{ ref, namespace: namespace.isUnknown ? undefined : (namespace.string ?? 'default'), isMade }];
}
