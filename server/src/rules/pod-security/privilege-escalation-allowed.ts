import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';

export default defineRule({
  id: 'privilege-escalation-allowed',
  category: 'pod-security',
  title: 'Privilege escalation allowed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'allowPrivilegeEscalation',
  standards: ['pss/restricted/allowPrivilegeEscalation', 'cis/5.2.6', 'nsa/pod-security'],
  docs: {
    what: 'A container does not set `allowPrivilegeEscalation: false`.',
    why: 'Unless it is set to `false`, a program in the container can gain more rights than it was started with, for example through a setuid binary. An attacker who gets in uses exactly that to become root.',
    remedy:
      'Set `securityContext.allowPrivilegeEscalation: false` on every container. There is no pod-level field for it. A program that really calls `sudo` or a setuid helper will fail and should be changed.',
    flags: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
      securityContext:
        allowPrivilegeEscalation: true
`,
    passes: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
      securityContext:
        allowPrivilegeEscalation: false
`,
  },
  visit: {
    *container(container, { check }) {
      if (check.exemptsWindows && container.pod.spec.get('os', 'name').string === 'windows') return;
      const at = container.securityContext.get('allowPrivilegeEscalation');
      if (at.isUnknown || at.boolean === false) return;
      const who = describeContainer(container);
      yield {
        at,
        message: at.isPresent
          ? `The ${who} allows privilege escalation (allowPrivilegeEscalation: ${at.written}).`
          : `The ${who} may escalate privileges: allowPrivilegeEscalation is not set to false.`,
        fixes: [
          {
            title: 'Set allowPrivilegeEscalation: false',
            safety: 'safe',
            operations: [{ op: 'set', at, value: false }],
          },
        ],
      };
    },
  },
});
