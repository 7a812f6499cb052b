import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';

const SYSTEM: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

export default defineRule({
  id: 'system-namespace-workload',
  category: 'pod-hardening',
  title: 'Workload in a system namespace',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  standards: ['nsa/namespaces', 'cis/5.6.1'],
  docs: {
    what: 'A workload runs in `kube-system`, `kube-public` or `kube-node-lease`.',
    why: 'These namespaces are exempt from many policies, and hold service accounts with great rights. A workload there can mount their tokens.',
    remedy:
      'Give the workload a namespace of its own. Network plugins, storage drivers and other parts of the cluster belong there; switch the rule off for them.',
    flags: toPlainPod({ metadata: 'namespace: kube-system' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod({ resource, isFragment }) {
      // The namespace of a patch only says which object it changes.
      if (isFragment) return;
      const at = resource.metadata.get('namespace');
      if (!at.isPresent || !SYSTEM.has(at.string ?? '')) return;
      const message = `${describeResource(resource)} runs in the system namespace "${at.string}", beside the service accounts of the cluster itself.`;
      yield { at, message };
    },
  },
});
