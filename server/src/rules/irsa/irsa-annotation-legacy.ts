import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getLiteral } from '../../model/iam/placeholder';
import { ROLE_ARN } from '../../model/iam/role';
import { findAccounts, readPodAccount } from '../service-account/_account';
import { toAccountExample } from './_examples';
import { LEGACY, toLegacyAccountReport } from './_legacy-annotation';
import { toPodExample } from './_pod-example';
import { getKeySpan } from './_span';

const ROLE = 'arn:aws:iam::111122223333:role/s3-reader';

export default defineRule({
  id: 'irsa-annotation-legacy',
  category: 'irsa',
  title: 'Role annotation of kube2iam or kiam',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/irsa', 'aws/eks-identity-best-practices'],
  docs: {
    what: `A pod or a ServiceAccount has the annotation \`${LEGACY}\`, by which kube2iam and kiam hand out roles.`,
    why: 'EKS does not read it. Where one of those two still runs, every pod may ask for whatever role it writes here, and the two are no longer maintained; where none does, pods get no role, or that of the node.',
    remedy:
      'Annotate the ServiceAccount of the pod with the role, let the role trust that account, and remove the annotation from the pod. If the account is `default`, give the pod one of its own first.',
    flags: {
      ...toPodExample({ metadata: `annotations:\n  ${LEGACY}: ${ROLE}\n` }),
      'service-account.yaml': toAccountExample('production', 's3-reader'),
    },
    passes: toPodExample({}),
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (kind !== 'ServiceAccount' || group !== '') return;
      const report = toLegacyAccountReport(metadata);
      if (report) yield report;
    },
    *pod(pod, context) {
      const at = pod.metadata.get('annotations', LEGACY);
      if (!at.isWritten) return;
      const named = readPodAccount(pod);
      const [known, ...others] = named && named.name !== 'default' ? findAccounts(named, context) : [];
      const role = at.isPresent ? getLiteral(at) : undefined;
      const fixes: Fix[] = [];
      if (known && others.length === 0 && known.value.roleArn === undefined && role && ROLE_ARN.test(role)) {
        const { document, path } = known.place;
        const target = { document, path: [...path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] };
        fixes.push({
          title: `Move it to ServiceAccount "${known.value.name}"`,
          safety: 'unsafe',
          operations: [
            { op: 'remove', at, upTo: 1 },
            { op: 'set', at: target, value: role },
          ],
        });
      } else if (known?.value.roleArn !== undefined && known.value.roleArn === role) {
        fixes.push({ title: 'Remove it', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] });
      }
      yield {
        at,
        span: getKeySpan(at),
        message: `"${LEGACY}" is of kube2iam and kiam: EKS does not read it, and gives roles to ServiceAccounts only.`,
        ...(known && {
          related: [
            {
              place: { ...known.place, path: [...known.place.path, 'metadata', 'name'] },
              message: 'The ServiceAccount of the pod',
            },
          ],
        }),
        fixes,
      };
    },
  },
});
