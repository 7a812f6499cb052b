import { defineRule } from '../../engine/rule';
import { PSS_NEWEST_MINOR, parsePssVersion } from '../../standards/pss';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace, toVersionText } from './_labels';

/** Minors beyond the newest known that may be out by now: three come a year. */
const FORESEEN = 6;

export default defineRule({
  id: 'version-label-future',
  category: 'namespace',
  title: 'Pinned Pod Security version that is not there yet',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Namespace pins a version of the Pod Security Standards that is newer than its cluster.',
    why: 'The API server then takes the newest version that it knows. Until the cluster has caught up, nothing is pinned: every upgrade can bring checks that refuse pods which were admitted the day before.',
    remedy:
      'Pin the version of the cluster. The one to compare with is `kubernetesVersion` of the configuration where it is older than the newest that Breakwater knows; else only versions that cannot be out yet are reported.',
    flags: toNamespace({ ...GOOD_LABELS, 'enforce-version': 'v1.137' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource, { settings }) {
      const { kubernetesMinor } = settings;
      const newest =
        kubernetesMinor < PSS_NEWEST_MINOR ? kubernetesMinor : Math.max(kubernetesMinor, PSS_NEWEST_MINOR + FORESEEN);
      const namespace = readNamespace(resource);
      for (const { level, validLevel, version } of namespace?.modes ?? []) {
        const pinned = version.isPresent ? parsePssVersion(version.string ?? '') : undefined;
        // `privileged` has no checks that a version could change.
        if (!pinned || pinned.isLatest || pinned.minor <= newest || !level.isPresent || validLevel === 'privileged')
          continue;
        const value = toVersionText(kubernetesMinor);
        yield {
          at: version,
          message: `Namespace "${namespace?.name}" pins ${pinned.text} (${String(version.step)}), newer than ${kubernetesMinor < PSS_NEWEST_MINOR ? `its cluster (${value})` : 'any version there is'}: the API server takes its newest instead.`,
          fixes: [
            { title: `Set the version ${value}`, safety: 'unsafe', operations: [{ op: 'set', at: version, value }] },
          ],
        };
      }
    },
  },
});
