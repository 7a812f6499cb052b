import { getLiteral } from './placeholder';
import type { TrustStatement } from './trust-policy';

/** The service that takes on roles for EKS Pod Identity. */
export const POD_IDENTITY_SERVICE = 'pods.eks.amazonaws.com';

/** The actions that it needs to be allowed (EKS user guide, "EKS Pod Identity role"). */
export const POD_IDENTITY_ACTIONS: readonly string[] = ['sts:AssumeRole', 'sts:TagSession'];

/** True for a statement that lets EKS Pod Identity take on the role. */
export function isPodIdentityStatement({ effect, ref }: TrustStatement): boolean {
  const service = ref.get('Principal', 'Service');
  const values = service.isSequence ? service.items() : [service];
  return effect === 'Allow' && values.some((value) => getLiteral(value) === POD_IDENTITY_SERVICE);
}
