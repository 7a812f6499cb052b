import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { PSS_LEVELS } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { editDistance } from '../../text/distance';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace } from './_labels';

export default defineRule({
  id: 'level-label-invalid',
  category: 'namespace',
  title: 'Unknown Pod Security level',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Pod Security label of a Namespace has a value that is no level.',
    why: 'The API server refuses to create such a Namespace. In one that has the label already, an unknown level to enforce counts as `restricted`, and one to warn of or audit counts as `privileged`, so nobody is warned.',
    remedy: 'The levels are `privileged`, `baseline` and `restricted`, in lower case.',
    flags: toNamespace({ ...GOOD_LABELS, warn: 'restriced' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource) {
      const namespace = readNamespace(resource);
      for (const { mode, level, validLevel } of namespace?.modes ?? []) {
        if (validLevel !== undefined || !level.isPresent) continue;
        const text = level.string ?? level.written ?? '';
        const effect =
          mode === 'enforce'
            ? 'counts as restricted'
            : `counts as privileged, so nothing is ${mode === 'warn' ? 'warned of' : 'audited'}`;
        yield {
          at: level,
          message: `The label ${String(level.step)} of Namespace "${namespace?.name}" has the value "${text}", which is no level: the API server refuses it, and where it is set already it ${effect}.`,
          fixes: toFixes(level, text),
        };
      }
    },
  },
});

/** The level that was meant, or those that forbid something. A Namespace with the label as it is cannot be applied, so the first is safe. */
function toFixes(at: Ref, text: string): Fix[] {
  const plain = text.trim().toLowerCase();
  const near = PSS_LEVELS.find((level) => editDistance(plain, level, 2) <= 2);
  const toFix = (value: string, safety: Fix['safety']): Fix => ({
    title: `Set the level ${value}`,
    safety,
    operations: [{ op: 'set', at, value }],
  });
  return near ? [toFix(near, 'safe')] : [toFix('restricted', 'unsafe'), toFix('baseline', 'unsafe')];
}
