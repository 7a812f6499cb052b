import { isJudgedBy } from '../../engine/pod-policy';
import { defineRule, type Report } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { getEffective } from '../../model/kubernetes/pod-inheritance';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { findProfiles } from './_profiles';

export default defineRule({
  id: 'contradictory-security-context',
  category: 'pod-hardening',
  title: 'Contradictory security settings',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/security-context'],
  docs: {
    what: 'Two security settings contradict each other: `allowPrivilegeEscalation: false` beside `privileged: true`, `runAsNonRoot: true` with user 0, a `localhostProfile` beside another type than `Localhost`, or that type without a profile.',
    why: 'The API server refuses such an object, or the kubelet refuses to start the container. In both cases one of the two settings is not what its author thinks.',
    remedy: 'Decide for one side. The fixes take the side that gives the container less.',
    flags: toPlainPod({ security: 'allowPrivilegeEscalation: false\nprivileged: true' }),
    passes: toHardenedPod({ security: 'privileged: false' }),
  },
  visit: {
    *pod(pod, context) {
      for (const container of pod.containers) {
        yield* findEscalation(container);
        // Where user 0 is forbidden anyway, the check that forbids it says this as well.
        if (hasRootAgainstNonRoot(container) && !isJudgedBy(pod, 'runAsUser', context)) yield toRootReport(container);
      }
      yield* findProfiles(pod);
    },
  },
});

function* findEscalation(container: Container): Generator<Report> {
  const { securityContext } = container;
  const at = securityContext.get('allowPrivilegeEscalation');
  if (at.boolean !== false) return;
  const who = describeContainer(container);
  const end = 'the API server refuses the two together.';
  const privileged = securityContext.get('privileged');
  if (privileged.boolean === true) {
    const message = `The ${who} forbids privilege escalation and is privileged (privileged: ${privileged.written}): ${end}`;
    const operations = [{ op: 'set', at: privileged, value: false }] as const;
    yield { at, message, fixes: [{ title: 'Set privileged: false', safety: 'unsafe', operations }] };
  }
  for (const item of securityContext.get('capabilities', 'add').items()) {
    // The API server looks for this spelling only.
    if (item.string !== 'CAP_SYS_ADMIN') continue;
    const message = `The ${who} forbids privilege escalation and adds "${item.string}": ${end}`;
    const operations = [{ op: 'remove', at: item, upTo: 2 }] as const;
    yield { at: item, message, fixes: [{ title: `Remove ${item.string}`, safety: 'unsafe', operations }] };
  }
}

function hasRootAgainstNonRoot(container: Container): boolean {
  const user = getEffective(container, 'runAsUser');
  return user.isPresent && user.number === 0 && getEffective(container, 'runAsNonRoot').boolean === true;
}

function toRootReport(container: Container): Report {
  const at = getEffective(container, 'runAsUser');
  return {
    at,
    message: `The ${describeContainer(container)} is bound to runAsNonRoot: true and to user ${at.written}, which is root: it will not start.`,
    fixes: [
      { title: 'Set runAsUser: 10001', safety: 'unsafe', operations: [{ op: 'set', at, value: 10001 }] },
      { title: 'Remove runAsUser', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] },
    ],
  };
}
