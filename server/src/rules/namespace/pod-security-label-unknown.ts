import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { PSS_LABEL_KEYS, PSS_LABEL_PREFIX } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { editDistance } from '../../text/distance';
import { GOOD_LABELS, toNamespace } from './_example';
import { LEVEL_REVEALS, readNamespace } from './_labels';

// Spellings of the prefix that are seen, none of which anything reads.
const MISTAKEN = /^(podsecurity|pod-security|pod-security-standards?|pss)(\.admission)?\.(kubernetes|k8s)\.io\//;

export default defineRule({
  id: 'pod-security-label-unknown',
  category: 'namespace',
  title: 'Pod Security label that nothing reads',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/pod-security-admission'],
  docs: {
    what: 'A Namespace has a label that looks like one of Pod Security Admission and is none, or has one of its labels among the annotations.',
    why: 'A label that nobody reads is no error to the API server. The namespace looks protected and admits every pod.',
    remedy:
      'The labels are `pod-security.kubernetes.io/enforce`, `audit` and `warn`, and the same with `-version` at the end.',
    flags: toNamespace({ ...GOOD_LABELS, 'enforced-version': 'v1.37' }),
    passes: toNamespace(GOOD_LABELS),
  },
  visit: {
    *resource(resource) {
      const namespace = readNamespace(resource);
      for (const [key, at] of namespace?.labels.entries() ?? []) {
        const isOurs = key.startsWith(PSS_LABEL_PREFIX);
        if (PSS_LABEL_KEYS.includes(key) || (!isOurs && !MISTAKEN.test(key))) continue;
        const meant = getMeant(key);
        const { keySpan } = at;
        yield {
          at,
          ...(keySpan && { span: keySpan }),
          message: `Namespace "${namespace?.name}" has the label "${key}", which nothing reads${meant ? `: did you mean "${meant}"?` : '.'}`,
          fixes: namespace ? toFixes(at, namespace.labels, meant) : [],
        };
      }
      for (const [key, at] of namespace ? resource.metadata.get('annotations').entries() : []) {
        if (!PSS_LABEL_KEYS.includes(key) || !namespace) continue;
        const { keySpan } = at;
        yield {
          at,
          ...(keySpan && { span: keySpan }),
          message: `Namespace "${namespace.name}" has the annotation "${key}", which nothing reads: only as a label does it count.`,
          fixes: toMove(at, namespace.labels.get(key)),
        };
      }
    },
  },
});

function getMeant(key: string): string | undefined {
  const name = key
    .slice(key.indexOf('/') + 1)
    .replaceAll('_', '-')
    .toLowerCase();
  const names = PSS_LABEL_KEYS.map((label) => label.slice(PSS_LABEL_PREFIX.length));
  const [near] = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate, 3) }))
    .filter(({ distance }) => distance <= 3)
    .sort((a, b) => a.distance - b.distance);
  return near && PSS_LABEL_PREFIX + near.candidate;
}

function toMove(at: Ref, label: Ref): Fix[] {
  const { string } = at;
  if (string === undefined || label.isWritten) return [];
  const operations = [
    { op: 'remove' as const, at, upTo: 1 },
    { op: 'set' as const, at: label, value: string },
  ];
  return [
    { title: 'Move it to the labels', safety: 'unsafe', operations, reveals: [...LEVEL_REVEALS, ...LABEL_REVEALS] },
  ];
}

/** What may be said of a label that begins to count. */
const LABEL_REVEALS = ['enforce-privileged', 'level-label-invalid', 'version-label-invalid', 'version-label-missing'];

/** The label would begin to count, and pods that are admitted now could be refused. */
function toFixes(at: Ref, labels: Ref, meant: string | undefined): Fix[] {
  if (meant !== undefined && !labels.get(meant).isWritten) {
    return [
      { title: `Rename the label to ${meant}`, safety: 'unsafe', operations: [{ op: 'rename', at, key: meant }] },
    ];
  }
  return [{ title: 'Remove the label', safety: 'unsafe', operations: [{ op: 'remove', at }] }];
}
