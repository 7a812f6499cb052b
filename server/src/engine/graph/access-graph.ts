import { readTrustPolicies } from '../../model/iam/read-trust-policies';
import { describeResource, readResources } from '../../model/kubernetes/resource';
import type { Place } from '../../model/workspace/fact';
import type { DocumentReport } from '../file-report';
import type { Project } from '../project';
import { createDraft, type Draft } from './draft';
import { toFaults } from './faults';
import { type AccessGraph, type GraphTarget, TRUST_POLICY } from './graph';
import { addNamespace } from './namespace';
import { addObject, addOwnPolicy } from './roots';
import { findUnread } from './unread';
import { createWalk, findFactAt, type Walk } from './walk';
import { toCount } from './words';

export { findNamespaces } from './namespace';
export { findTargetAt } from './target';

/** Who may do what around a target; undefined where the target is not in the workspace any more. */
export function getAccessGraph(project: Project, target: GraphTarget): AccessGraph | undefined {
  const draft = createDraft();
  const answer = project.ask((workspace) => {
    const walk = createWalk(project, workspace, draft);
    return target.kind === 'namespace' ? drawNamespace(walk, target.name) : drawObject(walk, target);
  });
  if (!answer) return undefined;
  return { ...answer, ...toContent(project, draft), unread: findUnread(project, answer.target, draft) };
}

type Heading = Pick<AccessGraph, 'target' | 'title'>;

function drawNamespace(walk: Walk, name: string): Heading {
  addNamespace(walk, name);
  if (walk.draft.nodes.size === 0) {
    walk.draft.note(
      `No file of the workspace writes the namespace "${name}" at a workload, an account or a binding. Kustomize, Helm or kubectl may put objects into it.`,
    );
  }
  return { target: { kind: 'namespace', name }, title: `Namespace "${name}"` };
}

function drawObject(walk: Walk, target: Extract<GraphTarget, { kind: 'object' }>): Heading | undefined {
  const { project, workspace } = walk;
  const { uri, objectKind, namespace, name } = target;
  const reports = project.checkDocuments(uri) ?? [];
  if (objectKind === TRUST_POLICY) {
    const place = reports.flatMap(readPolicyPlaces)[Number(name)];
    const policy = place && findFactAt(workspace, 'trust-policy', place);
    if (!place) return undefined;
    if (policy) addOwnPolicy(walk, policy);
    else walk.draft.note('This policy trusts no service account of a cluster.');
    return { target, title: 'Trust policy' };
  }
  for (const { document, source } of reports) {
    const resource = readResources(source.tree).find(
      (one) => one.kind === objectKind && one.name === name && one.namespace === namespace,
    );
    if (!resource) continue;
    const place: Place = { document, path: resource.root.path };
    if (addObject(walk, { uri, place, resource })) return { target, title: describeResource(resource) };
    // What has no part in access itself still has a namespace.
    return namespace === undefined ? undefined : drawNamespace(walk, namespace);
  }
  return undefined;
}

function readPolicyPlaces({ document, source }: DocumentReport): Place[] {
  return readTrustPolicies(source.tree).map(({ root }) => ({ document, path: root.path }));
}

function toContent(project: Project, draft: Draft): Pick<AccessGraph, 'nodes' | 'edges' | 'notes'> {
  const notes = [...draft.notes];
  if (draft.left > 0) notes.push(`There is more than can be read: ${toCount(draft.left, 'thing')} more are not drawn.`);
  const nodes = [...draft.nodes.values()].map((node) => ({ ...node, faults: toFaults(project, node) }));
  return { nodes, edges: [...draft.edges.values()], notes };
}
