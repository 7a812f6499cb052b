import type { Fix, Operation } from '../../engine/operation';
import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import {
  findInheritedFaults,
  hasNonRootUser,
  type InheritedFault,
  judgeRunAsNonRoot,
} from '../../model/kubernetes/pod-inheritance';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from './_example';
import { getNamedUserId } from './_image-user';
import { describeContainers, describeOwner, describeWrongType } from './_words';

/** A user and group that own nothing on a node. */
const PLAIN_USER = 10001;

export default defineRule({
  id: 'run-as-root-allowed',
  category: 'pod-security',
  title: 'Root user allowed',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'runAsNonRoot',
  standards: ['pss/restricted/runAsNonRoot', 'cis/5.2.7', 'nsa/non-root-containers'],
  docs: {
    what: 'A container may run as root: neither it nor its pod sets `runAsNonRoot: true`, or one of them sets it to `false`.',
    why: 'Root in a container is root for the kernel. Many ways out of a container work only for root. With `runAsNonRoot: true` the kubelet refuses to start a container whose user is 0, whatever its image says.',
    remedy:
      'Set `runAsNonRoot: true` in the `securityContext` of the pod; it holds for every container that does not say otherwise. The image must then name its user by number, or `runAsUser` must be set, else the container does not start.',
    flags: toPlainPod({ podSecurity: 'runAsNonRoot: false' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod, { check, workspace }) {
      if (isExempt(pod, check)) return;
      for (const fault of findInheritedFaults(pod, judgeRunAsNonRoot)) {
        const { container } = fault;
        const at = (container ?? pod).securityContext.get('runAsNonRoot');
        yield { at, message: toMessage(pod, fault, at), fixes: toFixes(pod, fault, at, workspace) };
      }
    },
  },
});

function toMessage(pod: PodTemplate, { verdict, container, concerned }: InheritedFault, at: Ref): string {
  const who = describeOwner(pod, container);
  if (verdict === 'bad') return `${who} allows its processes to run as root (runAsNonRoot: ${at.written}).`;
  if (at.isPresent) return `${who} ${describeWrongType('runAsNonRoot', at, 'a boolean')}`;
  if (container) return `${who} may run as root: neither it nor its pod sets runAsNonRoot: true.`;
  return `${who} may run ${describeContainers(concerned)} as root: runAsNonRoot: true is set nowhere.`;
}

function toFixes(pod: PodTemplate, fault: InheritedFault, at: Ref, workspace: Workspace): Fix[] {
  const { verdict, container, concerned } = fault;
  const ofPod = pod.securityContext.get('runAsNonRoot');
  // Where the user is a number other than 0 already, the field changes nothing for the container.
  const safety = concerned.length > 0 && concerned.every(hasNonRootUser) ? 'safe' : 'unsafe';
  const set = (targets: readonly Ref[]): Operation[] =>
    targets.map((target) => ({ op: 'set', at: target, value: true }));
  const named = concerned.flatMap((one) => {
    const value = getNamedUserId(one, workspace);
    return value === undefined ? [] : [{ one, value }];
  });
  const users = named.map(({ one, value }): Operation => {
    return { op: 'set', at: one.securityContext.get('runAsUser'), value };
  });
  const whose =
    named.length > 0
      ? `, and runAsUser as the Dockerfile of ${describeContainers(named.map(({ one }) => one))} has it`
      : '';
  if (verdict === 'bad' || at.isPresent) {
    return [{ title: `Set runAsNonRoot: true${whose}`, safety, operations: [...set([at]), ...users] }];
  }
  const own = concerned.map(({ securityContext }) => securityContext.get('runAsNonRoot'));
  const fixes: Fix[] = [
    { title: `Set runAsNonRoot: true for the pod${whose}`, safety, operations: [...set([ofPod]), ...users] },
    {
      title: `Set runAsNonRoot: true for ${describeContainers(concerned)}${whose}`,
      safety,
      operations: [...set(own), ...users],
    },
  ];
  if (safety === 'safe' || container || !pod.securityContext.get('runAsUser').isAbsent) return fixes;
  const user: Operation = { op: 'set', at: pod.securityContext.get('runAsUser'), value: PLAIN_USER };
  const title = `Set runAsNonRoot: true and runAsUser: ${PLAIN_USER} for the pod`;
  return [...fixes, { title, safety, operations: [...set([ofPod]), user] }];
}
