import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { toSubject } from '../../model/iam/subject';
import { getEffectiveNamespace } from '../../model/kubernetes/resource';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const toConfig = (name: string) => `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: main
  region: eu-west-1
iam:
  podIdentityAssociations:
    - namespace: production
      serviceAccountName: ${name}
      roleARN: arn:aws:iam::111122223333:role/s3-reader
`;

export default defineRule({
  id: 'pod-identity-annotation-ignored',
  category: 'irsa',
  title: 'Role annotation of an account that has EKS Pod Identity',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/pod-identity-role'],
  docs: {
    what: 'A ServiceAccount has a role by its annotation and another one by an EKS Pod Identity association.',
    why: 'The association wins: pods get the credentials of its role, and the role in the annotation is never used. Whoever reads the manifest takes the wrong role for the one that counts.',
    remedy: 'Keep one of the two. To keep the association, remove the annotation.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      'cluster.yaml': toConfig('s3-reader'),
    },
    passes: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      'cluster.yaml': toConfig('log-shipper'),
    },
  },
  visit: {
    *resource(resource, { workspace }) {
      const { kind, group, name, metadata } = resource;
      const namespace = getEffectiveNamespace(resource);
      const at = metadata.get('annotations', ROLE_ARN_ANNOTATION);
      if (kind !== 'ServiceAccount' || group !== '' || name === undefined || !at.isPresent) return;
      if (namespace === undefined || resource.namespace === undefined) return;
      const [known] = workspace.find('pod-identity', toSubject({ namespace, name }));
      if (!known) return;
      yield {
        at,
        span: getTextSpan(at),
        message: `An EKS Pod Identity association gives "${name}" in namespace "${namespace}" its role, so this annotation is ignored.`,
        related: [{ place: known.place, message: `The association of "${name}"` }],
        fixes: [{ title: 'Remove the annotation', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
      };
    },
  },
});
