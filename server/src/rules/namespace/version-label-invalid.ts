import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { parsePssVersion } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace, toVersionText } from './_labels';

export default defineRule({
  id: 'version-label-invalid',
  category: 'namespace',
  title: 'Unreadable Pod Security version',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Pod Security version label of a Namespace is neither `latest` nor of the form `v1.N`.',
    why: 'The API server refuses to create such a Namespace. In one that has the label already, the version counts as `latest`.',
    remedy: 'Write `v1.34`: with the `v`, without a patch version, as text. Or write `latest`.',
    flags: toNamespace({ ...GOOD_LABELS, 'enforce-version': '1.37.2' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource, { settings }) {
      const namespace = readNamespace(resource);
      for (const { version } of namespace?.modes ?? []) {
        if (!version.isPresent || (version.string !== undefined && parsePssVersion(version.string))) continue;
        const text = version.string ?? version.written ?? '';
        yield {
          at: version,
          message: `The label ${String(version.step)} of Namespace "${namespace?.name}" has the value "${text}", which is no version: the API server refuses it, and where it is set already it counts as latest.`,
          fixes: toFixes(version, text, settings.kubernetesMinor),
        };
      }
    },
  },
});

/** The version that was meant, which is safe: a Namespace with the label as it is cannot be applied. */
function toFixes(at: Ref, text: string, minor: number): Fix[] {
  const meant = /^\s*v?1\.(0|[1-9]\d{0,3})(\.\d+)?\s*$/i.exec(text)?.[1];
  const toFix = (value: string, safety: Fix['safety']): Fix => ({
    title: `Set the version ${value}`,
    safety,
    operations: [{ op: 'set', at, value }],
  });
  if (meant !== undefined) return [toFix(toVersionText(Number(meant)), 'safe')];
  return [toVersionText(minor), 'latest'].map((value) => toFix(value, 'unsafe'));
}
