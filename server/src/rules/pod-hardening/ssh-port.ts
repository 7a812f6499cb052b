import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';

const SSH_PORT = 22;

export default defineRule({
  id: 'ssh-port',
  category: 'pod-hardening',
  title: 'SSH in a container',
  severity: 'info',
  confidence: 'medium',
  fixable: 'never',
  standards: ['nsa/hardened-environments'],
  docs: {
    what: 'A container listens on port 22.',
    why: 'A shell that is reached past the API server knows nothing of RBAC and leaves nothing in the audit log.',
    remedy:
      'Use `kubectl exec` or `kubectl debug`, which ask the API server first. A Git or SFTP server is another matter; switch the rule off for it.',
    flags: toPlainPod({ container: 'ports:\n  - containerPort: 22' }),
    passes: toHardenedPod({ container: 'ports:\n  - containerPort: 8080' }),
  },
  visit: {
    *container(container) {
      for (const port of container.ref.get('ports').items()) {
        const at = port.get('containerPort');
        if (at.number !== SSH_PORT) continue;
        const message = `The ${describeContainer(container)} listens on port ${at.written}: a shell there is out of the reach of RBAC and the audit log.`;
        yield { at, message };
      }
    },
  },
});
