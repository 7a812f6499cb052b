import { defineRule } from '../../engine/rule';
import { GOOD_LABELS, toNamespace } from './_example';
import { isSystemNamespace, LEVEL_REVEALS, readNamespace, toEnforcement } from './_labels';

export default defineRule({
  id: 'enforce-privileged',
  category: 'namespace',
  title: 'Level privileged enforced',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.2.1', 'k8s/pod-security-standards', 'nsa/pod-security-enforcement'],
  docs: {
    what: 'A Namespace enforces the level `privileged`.',
    why: 'The level forbids nothing. Every pod is admitted, and whoever may create one there can take over the node it runs on.',
    remedy:
      'Enforce `baseline`, or `restricted`. Agents that need the node (storage and network drivers, log collectors of the host) belong in a namespace of their own in which nobody else may create pods; turn the rule off for that one.',
    flags: toNamespace({ ...GOOD_LABELS, enforce: 'privileged' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource, { settings }) {
      const namespace = readNamespace(resource);
      const enforce = namespace?.modes.find(({ mode }) => mode === 'enforce');
      if (!namespace || !enforce || enforce.validLevel !== 'privileged' || isSystemNamespace(namespace.name)) return;
      yield {
        at: enforce.level,
        message: `Namespace "${namespace.name}" enforces "privileged", which forbids nothing: it admits every pod.`,
        fixes: (['baseline', 'restricted'] as const).map((value) => ({
          title: `Enforce ${value}`,
          safety: 'unsafe',
          operations: toEnforcement(namespace, value, settings.kubernetesMinor),
          reveals: LEVEL_REVEALS,
        })),
      };
    },
  },
});
