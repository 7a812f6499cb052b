import { defineRule } from '../../engine/rule';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import { toHardenedPod, toPlainPod } from './_example';
import { describeOwner } from './_words';

export default defineRule({
  id: 'windows-host-process',
  category: 'pod-security',
  title: 'Windows HostProcess container',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'windowsHostProcess',
  standards: ['pss/baseline/windowsHostProcess', 'cis/5.2.10'],
  docs: {
    what: 'A pod or a container sets `windowsOptions.hostProcess: true`.',
    why: 'A HostProcess container is a process of the Windows node, not a container: it has the network, the files and, usually, the rights of the node.',
    remedy:
      'Remove the field. Agents that administer Windows nodes belong in a namespace at level `privileged` of their own. A pod that was a HostProcess pod also needs `hostNetwork` taken away.',
    flags: toPlainPod({ podSecurity: 'windowsOptions:\n  hostProcess: true' }),
    passes: toHardenedPod({ podSecurity: 'windowsOptions:\n  hostProcess: false' }),
  },
  visit: {
    *pod(pod) {
      for (const { ref, container } of getSecurityContexts(pod)) {
        const at = ref.get('windowsOptions', 'hostProcess');
        if (at.boolean !== true) continue;
        yield {
          at,
          message: `${describeOwner(pod, container)} runs as a process of its Windows node (hostProcess: ${at.written}).`,
          fixes: [{ title: 'Remove hostProcess', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
        };
      }
    },
  },
});
