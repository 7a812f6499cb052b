import { defineRule } from '../../engine/rule';
import { isEmptySelector } from '../../model/kubernetes/selectors';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { describeSelector, getScene } from './_scene';
import { judgeEmptySelection } from './_selects-nothing';

const POLICY = toPolicyExample('policyTypes: [Ingress]', '{ matchLabels: { app: database } }');

export default defineRule({
  id: 'policy-selects-nothing',
  category: 'network',
  title: 'Policy that selects no pods',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/network-policies', 'cis/5.3.2'],
  docs: {
    what: 'The `podSelector` of a NetworkPolicy selects no pod of its namespace.',
    why: 'The API server takes any labels. A policy that selects nothing guards nothing, and the pods that it was written for stay as open as they were, without a word.',
    remedy:
      "Write the labels of the pods' template, not those of the Deployment. Where a pod has nearly the label, a fix corrects it. Otherwise this is a note, and only where the workspace holds pods of the namespace and no custom resource there that may make others.",
    flags: toFile(POLICY, toWorkload('db', { app: 'databse' })),
    passes: toFile(POLICY, toWorkload('db', { app: 'database' })),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (!scene?.selection.isSure || scene.selection.pods.length > 0) return;
      const { land, policy } = scene;
      if (isEmptySelector(policy.podSelector)) return;
      const at = resource.spec.get('podSelector');
      const who = `${describePolicy(resource)} selects pods with ${describeSelector(policy.podSelector)}`;
      yield* judgeEmptySelection(at, policy.podSelector, who, [land], context);
    },
  },
});
