import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { toAccountExample } from './_examples';
import { toMisplacedReport } from './_misplaced';

const POD = (annotations: string) => `apiVersion: v1
kind: Pod
metadata:
  name: reader
  namespace: production${annotations}
spec:
  serviceAccountName: s3-reader
  containers:
    - name: reader
      image: registry.example.com/reader:1.4.2
`;

/** Kinds of which people think that the annotation works there, with the API group of each. */
const KINDS = new Map([
  ['Pod', ''],
  ['Namespace', ''],
  ['Deployment', 'apps'],
  ['StatefulSet', 'apps'],
  ['DaemonSet', 'apps'],
  ['ReplicaSet', 'apps'],
  ['Job', 'batch'],
  ['CronJob', 'batch'],
]);

export default defineRule({
  id: 'irsa-annotation-misplaced',
  category: 'irsa',
  title: 'Role annotation where EKS does not read it',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role', 'aws/irsa-pod-configuration'],
  docs: {
    what: 'The annotation `eks.amazonaws.com/role-arn` stands on a Pod, a workload or a Namespace.',
    why: 'EKS reads it from ServiceAccounts only. Anywhere else it is ignored without a word: pods start without the role, and their calls to AWS fail, or are made with the rights of the node.',
    remedy:
      'Move it to the ServiceAccount that the pods run as, or make one for them. If that account is `default`, give the pods an account of their own first: every other pod of the namespace would get the role too.',
    flags: {
      'pod.yaml': POD('\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/s3-reader'),
      'service-account.yaml': toAccountExample('production', 's3-reader'),
    },
    passes: {
      'pod.yaml': POD(''),
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
    },
  },
  visit: {
    *resource(resource, context) {
      if (KINDS.get(resource.kind) !== resource.group) return;
      const { spec, kind } = resource;
      const pod =
        kind === 'Pod'
          ? spec
          : kind === 'CronJob'
            ? spec.get('jobTemplate', 'spec', 'template', 'spec')
            : spec.get('template', 'spec');
      const templates = [resource.metadata, spec.get('jobTemplate', 'metadata'), pod.parent?.get('metadata')];
      const places = new Map(templates.flatMap((metadata) => (metadata ? [[metadata.path.join('/'), metadata]] : [])));
      for (const metadata of places.values()) {
        const at = metadata.get('annotations', ROLE_ARN_ANNOTATION);
        if (at.isWritten) yield toMisplacedReport(at, resource, pod, context);
      }
    },
  },
});
