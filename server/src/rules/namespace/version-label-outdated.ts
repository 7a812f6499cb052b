import { defineRule } from '../../engine/rule';
import { getActiveChecks, type PssLevel, parsePssVersion } from '../../standards/pss';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace, toVersionText } from './_labels';

export default defineRule({
  id: 'version-label-outdated',
  category: 'namespace',
  title: 'Pinned Pod Security version lacks newer checks',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Namespace pins a version of the Pod Security Standards that lacks checks which the level has by now.',
    why: 'The version was pinned so that an upgrade would bring no surprise. The checks that were added since then do not protect the namespace: pods that the level forbids today are admitted.',
    remedy:
      'Raise the version of `warn` and `audit` first, see which workloads they name, then raise `enforce`. A version without any such gap is not reported, however old. The version to compare with is the one for which Breakwater is configured.',
    flags: toNamespace({ ...GOOD_LABELS, 'enforce-version': 'v1.24' }),
    passes: toNamespace({ ...GOOD_LABELS, 'enforce-version': 'v1.34' }),
  },
  visit: {
    *resource(resource, { settings }) {
      const { kubernetesMinor } = settings;
      const namespace = readNamespace(resource);
      for (const { level, validLevel = 'restricted', version } of namespace?.modes ?? []) {
        const pinned = version.isPresent ? parsePssVersion(version.string ?? '') : undefined;
        if (!pinned || pinned.isLatest || !level.isPresent || pinned.minor >= kubernetesMinor) continue;
        const missing = getMissingChecks(validLevel, pinned.minor, kubernetesMinor);
        if (missing.length === 0) continue;
        const value = toVersionText(kubernetesMinor);
        yield {
          at: version,
          message: `Namespace "${namespace?.name}" pins ${pinned.text} (${String(version.step)}), which lacks checks that ${validLevel} has in ${value}: ${missing.join(', ')}.`,
          fixes: [
            { title: `Set the version ${value}`, safety: 'unsafe', operations: [{ op: 'set', at: version, value }] },
          ],
        };
      }
    },
  },
});

// Until 1.34 the baseline check forbids the same; from 1.35 on it is relaxed, and this one keeps restricted as it was.
const UNCHANGED = ['procMount_restricted'];

/** Titles of the checks that are in force in the newer minor, and of which nothing was in the older. */
function getMissingChecks(level: PssLevel, older: number, newer: number): string[] {
  const before = new Set<string>(getActiveChecks(level, older).map(({ id }) => id));
  return getActiveChecks(level, newer)
    .filter(({ id }) => !before.has(id) && !UNCHANGED.includes(id))
    .map(({ title }) => title);
}
