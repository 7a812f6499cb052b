import { defineRule } from '../../engine/rule';
import { toHardenedPod } from '../pod-security/_example';

export default defineRule({
  id: 'naked-pod',
  category: 'pod-hardening',
  title: 'Pod without a controller',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  isDefault: false,
  standards: ['nsa/pod-security'],
  docs: {
    what: 'A Pod is written by itself, not as the template of a Deployment, Job or the like.',
    why: 'Nothing replaces such a Pod when its node goes away, and nothing rolls out a new image to it, so that it stays on the old one with all its holes.',
    remedy: 'Make it the template of a Deployment, a Job or a DaemonSet. The rule is off until it is switched on.',
    flags: toHardenedPod(),
    passes: `apiVersion: batch/v1
kind: Job
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web
    spec:
      restartPolicy: Never
      containers:
        - name: web
          image: registry.example.com/web:1.4.2
`,
  },
  visit: {
    *pod({ resource, isFragment }) {
      if (isFragment || resource.kind !== 'Pod' || resource.metadata.get('ownerReferences').items().length > 0) return;
      const at = resource.root.get('kind');
      const what = resource.name === undefined ? 'This Pod' : `The Pod "${resource.name}"`;
      yield { at, message: `${what} has no controller: nothing replaces it when its node goes away.` };
    },
  },
});
