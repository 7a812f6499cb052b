import type { Fix } from '../../engine/operation';
import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getLiteral } from '../../model/iam/placeholder';
import { describeResource, getEffectiveNamespace, type Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { toAccountExample } from './_examples';
import { getKeySpan } from './_span';

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
        if (at.isWritten) yield toReport(at, resource, pod, context);
      }
    },
  },
});

function toReport(at: Ref, resource: Resource, pod: Ref, { workspace }: RuleContext): Report {
  const name = pod.get('serviceAccountName').isUnknown ? undefined : pod.get('serviceAccountName').string;
  const namespace = getEffectiveNamespace(resource);
  const known =
    namespace === undefined
      ? undefined
      : workspace.find('service-account', namespace).find(({ value }) => value.name === name);
  const role = at.isPresent ? getLiteral(at) : undefined;
  const fixes: Fix[] = [];
  if (known && known.value.roleArn === undefined && role !== undefined) {
    const { document, path } = known.place;
    const target = { document, path: [...path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] };
    const title = `Move it to ServiceAccount "${known.value.name}"`;
    const operations = [
      { op: 'remove', at, upTo: 1 },
      { op: 'set', at: target, value: role },
    ] as const;
    fixes.push({ title, safety: 'unsafe', operations });
  }
  return {
    at,
    span: getKeySpan(at),
    message: `EKS reads "${ROLE_ARN_ANNOTATION}" from ServiceAccounts only; on ${describeResource(resource)} it gives no role to anybody.`,
    ...(known && {
      related: [
        {
          place: { ...known.place, path: [...known.place.path, 'metadata', 'name'] },
          message: 'The ServiceAccount of its pods',
        },
      ],
    }),
    fixes,
  };
}
