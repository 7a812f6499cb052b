import { defineRule } from '../../engine/rule';
import { comparePssLevels } from '../../standards/pss';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace } from './_labels';

export default defineRule({
  id: 'warn-weaker-than-enforce',
  category: 'namespace',
  title: 'Warns of less than it enforces',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Namespace warns of, or audits, a lower level than it enforces.',
    why: 'Only pods are refused. A Deployment whose pods will be refused is accepted, and the warning is all that its author would see: with a lower level there is none, and the pods just never start.',
    remedy:
      'Warn of and audit at least the level that is enforced. Without the label `warn` the API server warns of what it enforces.',
    flags: toNamespace({ ...GOOD_LABELS, warn: 'baseline' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource) {
      const namespace = readNamespace(resource);
      const enforced = namespace?.modes.find(({ mode }) => mode === 'enforce')?.validLevel;
      if (!namespace || enforced === undefined) return;
      for (const { mode, level, validLevel } of namespace.modes) {
        if (validLevel === undefined || comparePssLevels(validLevel, enforced) >= 0) continue;
        const does = mode === 'warn' ? 'warns of' : 'audits';
        yield {
          at: level,
          message: `Namespace "${namespace.name}" enforces "${enforced}" and ${does} only "${validLevel}": workloads whose pods will be refused are accepted without a word.`,
          fixes: [
            {
              title: `Set ${mode} to ${enforced}`,
              safety: 'safe',
              operations: [{ op: 'set', at: level, value: enforced }],
            },
          ],
        };
      }
    },
  },
});
