import type { Report } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getLiteral } from '../../model/iam/placeholder';
import { ROLE_ARN } from '../../model/iam/role';
import type { Ref } from '../../syntax/ref';
import { getKeySpan } from './_span';

/** The annotation by which kube2iam and kiam hand out roles. */
export const LEGACY = 'iam.amazonaws.com/role';

/** The report on that annotation in the metadata of a ServiceAccount, where nothing ever reads it; undefined where it is not there. */
export function toLegacyAccountReport(metadata: Ref): Report | undefined {
  const at = metadata.get('annotations', LEGACY);
  if (!at.isWritten) return undefined;
  const role = at.isPresent ? getLiteral(at) : undefined;
  const isFree = !metadata.get('annotations', ROLE_ARN_ANNOTATION).isWritten && role && ROLE_ARN.test(role);
  const title = `Change it to ${ROLE_ARN_ANNOTATION}`;
  return {
    at,
    span: getKeySpan(at),
    message: `"${LEGACY}" is of kube2iam and kiam, which read it from pods; EKS reads "${ROLE_ARN_ANNOTATION}" from ServiceAccounts.`,
    fixes: isFree ? [{ title, safety: 'unsafe', operations: [{ op: 'rename', at, key: ROLE_ARN_ANNOTATION }] }] : [],
  };
}
