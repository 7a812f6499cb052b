import { defineRule } from '../../engine/rule';
import { PSS_LABELS } from '../../standards/pss';
import { GOOD_LABELS, toNamespace } from './_example';
import { isSystemNamespace, LEVEL_REVEALS, readNamespace, toEnforcement } from './_labels';

export default defineRule({
  id: 'enforce-label-missing',
  category: 'namespace',
  title: 'No Pod Security level enforced',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cis/5.2.1', 'k8s/pod-security-admission', 'nsa/pod-security-enforcement'],
  docs: {
    what: 'A Namespace has no label `pod-security.kubernetes.io/enforce`.',
    why: 'Unless the cluster is configured otherwise, a namespace without the label admits every pod: privileged ones, ones on the host’s network, ones that mount the node’s disk. Whoever may create a pod there then owns the node.',
    remedy:
      'Enforce `baseline` at least, and `restricted` where the workloads allow it. Label with `warn` and `audit` first to see what would be refused: `enforce` refuses new pods at once and leaves running ones alone. Clusters that set a default in the configuration of the API server, or use another admission controller, can turn this rule off.',
    flags: toNamespace({}),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource, { workspace, settings }) {
      const namespace = readNamespace(resource);
      if (!namespace || isSystemNamespace(namespace.name)) return;
      const enforce = namespace.labels.get(PSS_LABELS.enforce.level);
      if (!enforce.isAbsent) return;
      // The same Namespace may be written in several places, such as an overlay, and labelled in one of them.
      const others = workspace.find('namespace', namespace.name).map(({ value }) => value);
      const { level } = PSS_LABELS.enforce;
      if (others.some(({ labels, unknownLabels }) => level in labels || unknownLabels.includes(level))) return;
      yield {
        at: resource.metadata.get('name'),
        message: `Namespace "${namespace.name}" enforces no Pod Security level: unless the cluster has a default of its own, it admits privileged pods.`,
        fixes: (['restricted', 'baseline'] as const).map((level) => ({
          title: `Enforce ${level}${level === 'restricted' ? '' : ', warn of and audit restricted'}`,
          safety: 'unsafe',
          operations: toEnforcement(namespace, level, settings.kubernetesMinor, 'restricted'),
          reveals: LEVEL_REVEALS,
        })),
      };
    },
  },
});
