import { defineRule } from '../../engine/rule';
import { PSS_LABELS } from '../../standards/pss';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace, toVersionText } from './_labels';

export default defineRule({
  id: 'version-label-missing',
  category: 'namespace',
  title: 'Pod Security level without a version',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Namespace sets a Pod Security level and no version for it.',
    why: 'The level then means what the newest version of the standard says. An upgrade of the cluster can bring new checks and refuse pods that were admitted the day before.',
    remedy:
      'Pin the version that the workloads were checked against, and raise it after an upgrade. Whoever prefers to get new checks with the upgrade writes `latest`, so that it is seen to be meant. The fix writes the version for which Breakwater is configured.',
    flags: toNamespace({ enforce: 'restricted' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource, { settings }) {
      const namespace = readNamespace(resource);
      // `privileged` has no checks that a version could change.
      const unpinned = (namespace?.modes ?? []).filter(
        ({ level, validLevel, version }) => level.isPresent && validLevel !== 'privileged' && version.isAbsent,
      );
      const [first] = unpinned;
      if (!namespace || !first) return;
      const value = toVersionText(settings.kubernetesMinor);
      const labels = unpinned.map(({ mode }) => PSS_LABELS[mode].version).join(', ');
      yield {
        at: first.level,
        message: `Namespace "${namespace.name}" pins no version of the Pod Security Standards (${labels}): an upgrade of the cluster can change what it admits.`,
        fixes: [value, 'latest'].map((text) => ({
          title: `Set the version ${text}`,
          safety: 'unsafe',
          operations: unpinned.map(({ version }) => ({ op: 'set', at: version, value: text })),
        })),
      };
    },
  },
});
