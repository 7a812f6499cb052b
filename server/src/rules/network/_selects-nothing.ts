import type { Report, RuleContext } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import type { LabelSelector } from '../../model/kubernetes/selectors';
import type { Land } from '../../model/network/land';
import { findNearLabel, type NearLabel } from '../../model/network/near-label';
import type { KnownPod } from '../../model/network/view';
import { toSeverity } from '../../model/workspace/absence';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';
import { isRefusedSelector } from './_expressions';
import { describeLabel, describeLand, findNeighbours, getPodAbsence, toLabelOperation } from './_scene';

/**
 * What there is to say of a selector at `at` that selects no pod of `lands`: that some pod has nearly its labels; or else, where
 * the workspace can know, that none has. `who` begins the sentence.
 */
export function* judgeEmptySelection(
  at: Ref,
  selector: LabelSelector,
  who: string,
  lands: readonly Land[],
  context: RuleContext,
): Iterable<Report> {
  const { workspace } = context;
  // What the API server refuses is said by the rule about that.
  if (isRefusedSelector(selector)) return;
  const absences = lands.map((land) => getPodAbsence(land, context));
  if (absences.includes('elsewhere')) return;
  const where = lands.map(describeLand).join(' or ');
  const near = findNear(selector, lands, workspace);
  if (near) {
    const { place, value } = near.found.known;
    const right = describeLabel(near.right);
    yield {
      at: at.get('matchLabels', near.key),
      message: `${who}, and ${where} has none. Did you mean ${right}?`,
      related: [{ place, message: `${describeResource(value)} has the label ${right}.` }],
      fixes: [{ title: `Change it to ${right}`, safety: 'unsafe', operations: [toLabelOperation(at, near)] }],
    };
  } else if (!absences.includes('open')) {
    yield {
      at,
      ...toSeverity(absences.includes('likely') ? 'likely' : 'certain'),
      message: `${who}, and no workload of ${where} in the workspace makes such pods.`,
    };
  }
}

/** A label of a pod of these namespaces that a selector nearly asks for. Remembered, because many policies name the same peer. */
export function findNear(
  selector: LabelSelector,
  lands: readonly Land[],
  workspace: Workspace,
): NearLabel<KnownPod> | undefined {
  const places = lands.map(({ namespace, folder }) => namespace ?? `? ${folder}`);
  return workspace.conclude(`near label of ${JSON.stringify([places, selector])}`, (asked) =>
    findNearLabel(
      selector,
      lands.flatMap((land) => findNeighbours(land, asked)),
    ),
  );
}
