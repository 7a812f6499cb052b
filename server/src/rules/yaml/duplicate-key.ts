import type { Fix, Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { readResources } from '../../model/kubernetes/resource';
import { isSameContent } from '../../syntax/change';
import type { Node, Pair } from '../../syntax/node';
import type { Ref } from '../../syntax/ref';
import { toPlainNode } from '../pod-hardening/_plain';
import { toHardenedPod } from '../pod-security/_example';

export default defineRule({
  id: 'duplicate-key',
  category: 'yaml',
  title: 'Key written twice',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/security-context'],
  docs: {
    what: 'A mapping of a Kubernetes object holds the same key twice.',
    why: 'Only the last one counts, without a word; strict readers refuse the file. A second `securityContext`, further down or pasted by a merge, takes away all that the first one says, and whoever reads the first believes it.',
    remedy:
      'Decide which of the two is meant, move over what is worth keeping, and delete the other. The fixes merge the first into the last, or remove one of them; only where both say the same does fix-all remove one, because else only you know.',
    flags: `${toHardenedPod()}${'  '}hostNetwork: false\n${'  '}hostNetwork: false\n`,
    passes: toHardenedPod(),
  },
  visit: {
    *document(root) {
      const duplicates = root.tree.problems.filter(({ kind }) => kind === 'duplicate-key');
      const resources = duplicates.length > 0 ? readResources(root.tree) : [];
      // In a file of anything else a key that is written twice is not for this rule to judge.
      if (resources.length === 0) return;
      for (const { span } of duplicates) {
        const key = root.tree.text.slice(span.start, span.end);
        const at = findEntry(root, span.start);
        const resource =
          resources.find(({ root: own }) => own.path.every((step, i) => at?.path[i] === step)) ?? resources[0];
        const entries = at ? getEntries(at) : [];
        const isLast = !at || entries.at(-1)?.keySpan.start === span.start;
        const message = isLast
          ? `The key ${key} is written a second time in the same mapping: only this one counts, and what stands at the first is lost.`
          : `The key ${key} is written more than twice in the same mapping: only the last one counts, and what stands here is lost.`;
        yield { at: at ?? root, span, message, fixes: at ? toFixes(at, entries) : [], ...(resource && { resource }) };
      }
    },
  },
});

/** The route of the entry whose key starts at an offset; undefined inside of what another entry of the same key hides. */
function findEntry(ref: Ref, offset: number): Ref | undefined {
  const { node } = ref;
  const isAround = (value: Node | undefined) => value && value.span.start <= offset && offset < value.span.end;
  if (node?.type === 'sequence') {
    const index = node.items.findIndex(isAround);
    return index === -1 ? undefined : findEntry(ref.get(index), offset);
  }
  if (node?.type !== 'mapping') return undefined;
  const pair = node.pairs.find(({ keySpan, value }) => keySpan.start === offset || isAround(value));
  if (pair?.key === undefined) return undefined;
  const entry = ref.get(pair.key);
  if (pair.keySpan.start === offset) return entry;
  return entry.node === pair.value ? findEntry(entry, offset) : undefined;
}

function getEntries({ parent, step }: Ref): Pair[] {
  return parent?.node?.type === 'mapping' ? parent.node.pairs.filter(({ key }) => key === step) : [];
}

function toFixes(at: Ref, entries: readonly Pair[]): Fix[] {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return [];
  const removal: Operation = { op: 'remove', at, which: 'first' };
  const isSame = isSameContent(first.value, last.value);
  const remove: Fix = {
    title: 'Remove the first, which does not count',
    safety: isSame ? 'safe' : 'unsafe',
    operations: [removal],
  };
  if (isSame || entries.length > 2) return [remove];
  const keep: Fix = {
    title: 'Remove the last, so that the first counts',
    safety: 'unsafe',
    operations: [{ op: 'remove', at, which: 'last' }],
  };
  const additions = toAdditions(at, first, last);
  if (additions.length === 0) return [remove, keep];
  const operations = [removal, ...additions];
  return [{ title: 'Merge the first into the last', safety: 'unsafe', operations }, remove, keep];
}

/** What only the first of two mappings says, written into the last; nothing where that would lose something of it. */
function toAdditions(at: Ref, { value: first }: Pair, { value: last }: Pair): Operation[] {
  if (first?.type !== 'mapping' || last?.type !== 'mapping') return [];
  const kept = new Set(last.pairs.map(({ key }) => key));
  const plain = toPlainNode(first, at.tree);
  if (typeof plain !== 'object' || plain === null) return [];
  return Object.entries(plain).flatMap(([key, value]): Operation[] =>
    kept.has(key) ? [] : [{ op: 'set', at: at.get(key), value }],
  );
}
