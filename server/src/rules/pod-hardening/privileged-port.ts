import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';

const SSH_PORT = 22;

export default defineRule({
  id: 'privileged-port',
  category: 'pod-hardening',
  title: 'Port below 1024',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  standards: ['nsa/non-root-containers'],
  docs: {
    what: 'A container listens on a port below 1024.',
    why: 'Binding such a port may need root or the capability `NET_BIND_SERVICE`, and is often the only reason why a container has them.',
    remedy:
      'Let the program listen on a high port such as 8080, and map the low one to it in the Service: `port: 80`, `targetPort: 8080`.',
    flags: toPlainPod({ container: 'ports:\n  - containerPort: 80' }),
    passes: toHardenedPod({ container: 'ports:\n  - containerPort: 8080' }),
  },
  visit: {
    *container(container) {
      for (const port of container.ref.get('ports').items()) {
        const at = port.get('containerPort');
        const value = at.number ?? 0;
        if (value <= 0 || value >= 1024 || value === SSH_PORT) continue;
        const message = `The ${describeContainer(container)} listens on port ${at.written}, for which it may need root or NET_BIND_SERVICE.`;
        yield { at, message };
      }
    },
  },
});
