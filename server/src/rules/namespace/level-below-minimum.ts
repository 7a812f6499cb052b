import { defineRule } from '../../engine/rule';
import type { Settings } from '../../engine/settings';
import { comparePssLevels, type PssLevel } from '../../standards/pss';
import { GOOD_LABELS, toNamespace } from './_example';
import { isSystemNamespace, readNamespace, toEnforcement } from './_labels';

const toShop = (labels: Readonly<Record<string, string>>) => toNamespace(labels).replace('shop', 'shop-production');

export default defineRule({
  id: 'level-below-minimum',
  category: 'namespace',
  title: 'Enforced level below the minimum',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cis/5.2.1', 'k8s/pod-security-standards', 'nsa/pod-security-enforcement'],
  docs: {
    what: 'A Namespace enforces a lower Pod Security level than the configuration sets for it, or than `restricted` where its name says that it is for production.',
    why: 'What the team agreed on is not what the cluster enforces. Pods that break the agreed level are admitted.',
    remedy:
      'Raise `enforce`; label `warn` and `audit` with the higher level first to see which pods would be refused. The minimum of a namespace is the level under `overrides` in `.breakwater.yaml`; without one, namespaces with `prod` or `production` as a part of their name are held to `restricted`, and of others nothing is expected. A Namespace that enforces `privileged`, or nothing, is told so by rules of their own.',
    flags: toShop({ ...GOOD_LABELS, enforce: 'baseline' }),
    passes: toShop(GOOD_LABELS),
  },
  visit: {
    *resource(resource, { settings }) {
      const namespace = readNamespace(resource);
      const enforce = namespace?.modes.find(({ mode }) => mode === 'enforce');
      if (!namespace || enforce?.validLevel === undefined || enforce.validLevel === 'privileged') return;
      const minimum = getMinimum(namespace.name, settings);
      if (minimum === undefined || comparePssLevels(enforce.validLevel, minimum.level) >= 0) return;
      yield {
        at: enforce.level,
        message: `Namespace "${namespace.name}" enforces ${enforce.validLevel}, below ${minimum.level}, ${minimum.reason}.`,
        fixes: [
          {
            title: `Enforce ${minimum.level}`,
            safety: 'unsafe',
            operations: toEnforcement(namespace, minimum.level, settings.kubernetesMinor),
          },
        ],
      };
    },
  },
});

interface Minimum {
  readonly level: PssLevel;
  readonly reason: string;
}

function getMinimum(name: string, { namespaces = [] }: Settings): Minimum | undefined {
  const levels = namespaces.flatMap(({ names, podSecurityLevel }) => (names.includes(name) ? podSecurityLevel : []));
  const level = levels.filter((one) => one !== undefined).at(-1);
  if (level !== undefined) return { level, reason: 'which the configuration sets for it' };
  const isProduction = !isSystemNamespace(name) && /(^|-)prod(uction)?(-|$)/.test(name);
  return isProduction ? { level: 'restricted', reason: 'to which namespaces for production are held' } : undefined;
}
