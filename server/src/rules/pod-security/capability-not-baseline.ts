import { defineRule } from '../../engine/rule';
import { findForbiddenAdds } from './_capabilities';
import { inNamespace, toHardenedPod, toPlainPod } from './_example';

export default defineRule({
  id: 'capability-not-baseline',
  category: 'pod-security',
  title: 'Capability beyond the baseline',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'capabilities_baseline',
  standards: ['pss/baseline/capabilities_baseline', 'cis/5.2.9', 'nsa/pod-security'],
  docs: {
    what: 'A container adds a capability that is not among those of the runtime default.',
    why: 'The capabilities beyond the default are those by which a container reaches past its own walls: `SYS_ADMIN` mounts file systems, `SYS_PTRACE` reads the memory of other processes, `NET_ADMIN` and `NET_RAW` change and forge traffic. At level `restricted` the stricter rule `capabilities-not-dropped` takes the place of this one.',
    remedy:
      'Remove the capability. Names are compared exactly: upper case, without `CAP_`. What a node agent truly needs belongs in a namespace at level `privileged` of its own.',
    flags: inNamespace('baseline', 'v1.37', toPlainPod({ security: 'capabilities:\n  add:\n    - SYS_ADMIN' })),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, { check }) {
      yield* findForbiddenAdds(container, check.data.allowedAdd, 'error');
    },
  },
});
