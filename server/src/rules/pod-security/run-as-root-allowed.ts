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
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from './_example';
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
    *pod(pod, { check }) {
      if (isExempt(pod, check)) return;
      for (const fault of findInheritedFaults(pod, judgeRunAsNonRoot)) {
        const { container } = fault;
        const at = (container ?? pod).securityContext.get('runAsNonRoot');
        yield { at, message: toMessage(pod, fault, at), fixes: toFixes(pod, fault, at) };
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

function toFixes(pod: PodTemplate, { verdict, container, concerned }: InheritedFault, at: Ref): Fix[] {
  const ofPod = pod.securityContext.get('runAsNonRoot');
  // Where the user is a number other than 0 already, the field changes nothing for the container.
  const safety = concerned.length > 0 && concerned.every(hasNonRootUser) ? 'safe' : 'unsafe';
  const set = (targets: readonly Ref[]): Operation[] =>
    targets.map((target) => ({ op: 'set', at: target, value: true }));
  if (verdict === 'bad' || at.isPresent) return [{ title: 'Set runAsNonRoot: true', safety, operations: set([at]) }];
  const own = concerned.map(({ securityContext }) => securityContext.get('runAsNonRoot'));
  const fixes: Fix[] = [
    { title: 'Set runAsNonRoot: true for the pod', safety, operations: set([ofPod]) },
    { title: `Set runAsNonRoot: true for the ${describeContainers(concerned)}`, safety, operations: set(own) },
  ];
  if (safety === 'safe' || container || !pod.securityContext.get('runAsUser').isAbsent) return fixes;
  const user: Operation = { op: 'set', at: pod.securityContext.get('runAsUser'), value: PLAIN_USER };
  const title = `Set runAsNonRoot: true and runAsUser: ${PLAIN_USER} for the pod`;
  return [...fixes, { title, safety, operations: [...set([ofPod]), user] }];
}
