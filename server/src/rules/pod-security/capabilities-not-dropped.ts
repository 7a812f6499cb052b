import type { Fix, Operation } from '../../engine/operation';
import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { getEffective, hasNonRootUser } from '../../model/kubernetes/pod-inheritance';
import { findForbiddenAdds } from './_capabilities';
import { toHardenedPod, toPlainPod } from './_example';
import { toFixesFor } from './_windows';
import { describeWrongType } from './_words';

export default defineRule({
  id: 'capabilities-not-dropped',
  category: 'pod-security',
  title: 'Capabilities not dropped',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'capabilities_restricted',
  standards: ['pss/restricted/capabilities_restricted', 'cis/5.2.9', 'nsa/pod-security'],
  docs: {
    what: 'A container does not drop `ALL` capabilities, or adds one besides `NET_BIND_SERVICE`.',
    why: 'A container starts with about a dozen capabilities of root: it may change the owner of files, send raw packets, and more. Hardly any program needs them, and each is a tool for whoever breaks in. The name is compared exactly: `all` or `CAP_ALL` does not count by the standard, whatever the container runtime makes of it.',
    remedy:
      'Write `capabilities.drop: [ALL]` in the `securityContext` of every container; there is no pod-level field. A program that runs as root and binds a port below 1024 may add `NET_BIND_SERVICE`. To one of another user that mostly gives nothing: let it listen on a port from 1024 on, or lower `net.ipv4.ip_unprivileged_port_start` under `sysctls` of the pod. One that changes owners at its start, as some images do when they run as root, has to run as its own user from the beginning; so the fix counts as safe only where the container is known not to run as root.',
    flags: toPlainPod({ security: 'capabilities:\n  drop:\n    - NET_RAW' }),
    passes: toHardenedPod({ security: '  add:\n    - NET_BIND_SERVICE' }).replace('        add:', '          add:'),
  },
  visit: {
    *container(container, { check }) {
      if (isExempt(container.pod, check)) return;
      const { allowedAdd, requiredDrop } = check.data;
      const drop = container.securityContext.get('capabilities', 'drop');
      const items = drop.items();
      const isDropped = items.some((item) => item.isPresent && item.string === requiredDrop);
      if (!isDropped && !drop.isUnknown && !items.some((item) => item.isUnknown)) {
        const near = items.find((item) => item.string?.replace(/^CAP_/i, '').toUpperCase() === requiredDrop);
        const isWrongType = drop.isPresent && !drop.isSequence;
        yield {
          at: near ?? drop,
          severity: isWrongType ? 'error' : 'warning',
          message: near
            ? `The ${describeContainer(container)} drops "${near.string}", which is not "${requiredDrop}": the name is compared exactly, so its capabilities are kept.`
            : isWrongType
              ? `The ${describeContainer(container)} ${describeWrongType('capabilities.drop', drop, 'a list')}`
              : `The ${describeContainer(container)} keeps capabilities that it was not given for a reason: it does not drop ${requiredDrop}.`,
          fixes: toFixesFor(container.pod, check, toDropFixes(container, requiredDrop)),
        };
      }
      yield* findForbiddenAdds(container, allowedAdd, 'error');
    },
  },
});

function toDropFixes(container: Container, all: string): Fix[] {
  const drop = container.securityContext.get('capabilities', 'drop');
  const near = drop.items().find((item) => item.string?.toUpperCase() === all);
  const operation: Operation = near
    ? { op: 'set', at: near, value: all }
    : drop.isSequence
      ? { op: 'append', at: drop, value: all }
      : { op: 'set', at: drop, value: [all] };
  // A process that is not root holds no capability to lose; one that is may need CHOWN or SETUID to start, as nginx does.
  const isNonRoot = hasNonRootUser(container) || getEffective(container, 'runAsNonRoot').boolean === true;
  const safety = isNonRoot ? 'safe' : 'unsafe';
  const fix: Fix = { title: `Drop ${all} capabilities`, safety, operations: [operation] };
  const add = container.securityContext.get('capabilities', 'add');
  const ports = container.ref.get('ports').items();
  const bindsLowPort = ports.some((port) => (port.get('containerPort').number ?? 1024) < 1024);
  if (!bindsLowPort || add.isUnknown || (add.isPresent && !add.isSequence)) return [fix];
  const keeps = add.items().some((item) => item.string === 'NET_BIND_SERVICE');
  if (keeps) return [fix];
  const keep: Fix = {
    title: `Drop ${all} capabilities but NET_BIND_SERVICE, for a port below 1024`,
    safety,
    operations: [operation, { op: 'append', at: add, value: 'NET_BIND_SERVICE' }],
  };
  return [keep, fix];
}
