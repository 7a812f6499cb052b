import { isNetworkPolicy } from '../model/kubernetes/network-policy';
import { describeResource, type Resource, readResources } from '../model/kubernetes/resource';
import { readPolicy } from '../model/network/read-policy';
import { selectPods } from '../model/network/select';
import { getLand, type KnownPod } from '../model/network/view';
import { describePolicyEffect } from '../model/network/words';
import { isPatchFile } from '../model/workspace/kustomizations';
import type { Workspace } from '../model/workspace/workspace';
import type { Ref } from '../syntax/ref';
import { findDocument } from '../syntax/source-file';
import { escapeMarkdown } from '../text/markdown';
import { type Span, shiftSpan } from '../text/span';
import { createPlaceLinks, type ToLink } from './place-links';
import type { Project } from './project';

/** A hover is read, not studied: of more workloads than this the rest are counted. */
const MAX_WORKLOADS = 12;
const MAX_POSSIBLE = 4;

/** What a NetworkPolicy does. */
export interface NetworkHover {
  readonly markdown: string;
  /** The kind or the name that it is shown for, in places of the file. */
  readonly span: Span;
}

/**
 * Says in words what the NetworkPolicy does whose kind or name stands at an offset of a file, and which workloads of the
 * workspace it selects; undefined elsewhere. `toUri` gives the URI that links lead to.
 */
export function getNetworkHover(
  project: Project,
  uri: string,
  offset: number,
  toUri: (uri: string) => string = (own) => own,
): NetworkHover | undefined {
  const sources = (project.checkDocuments(uri) ?? []).map(({ source }) => source);
  const source = sources[findDocument(sources, offset)];
  if (!source) return undefined;
  const local = offset - source.start;
  for (const resource of readResources(source.tree)) {
    const at = isNetworkPolicy(resource) ? getNamed(resource, local) : undefined;
    if (!at) continue;
    const toLink = createPlaceLinks(project, toUri);
    const markdown = project.ask((workspace) => toMarkdown(resource, uri, workspace, toLink));
    return { markdown, span: shiftSpan(at.anchor, source.start) };
  }
  return undefined;
}

function getNamed({ root, metadata }: Resource, offset: number): Ref | undefined {
  return [root.get('kind'), metadata.get('name')].find(
    (ref) => ref.isWritten && ref.anchor.start <= offset && offset <= ref.anchor.end,
  );
}

function toMarkdown(resource: Resource, uri: string, workspace: Workspace, toLink: ToLink): string {
  if (isPatchFile(uri, workspace)) {
    return 'A patch, by what a kustomization says: its target says what is left out here, and what it does is the two together.';
  }
  const policy = readPolicy(resource.spec);
  const land = getLand(resource.namespace, uri, workspace);
  const { pods, possible } = selectPods(policy.podSelector, land, workspace);
  const sure = listPods(pods, MAX_WORKLOADS, toLink);
  const others = toDistinct(possible, pods);
  const open = listPods(others, MAX_POSSIBLE, toLink);
  const selected = pods.length > 0 ? `Selects ${sure}.` : 'Selects no workload that is known in the workspace.';
  const rest = others.length > 0 ? ` May select ${open}: their namespaces or labels are not wholly known here.` : '';
  return `${describePolicyEffect(policy)}\n\n${selected}${rest}`;
}

/** One of each name: overlays, charts and releases hold the same workload again and again. */
function toDistinct(pods: readonly KnownPod[], sure: readonly KnownPod[]): KnownPod[] {
  const names = new Set(sure.map(({ known }) => describeResource(known.value)));
  return pods.filter(({ known }) => {
    const name = describeResource(known.value);
    return !names.has(name) && names.add(name);
  });
}

function listPods(pods: readonly KnownPod[], most: number, toLink: ToLink): string {
  const names = pods.slice(0, most).map(({ known, isHostNetwork }) => {
    const note = isHostNetwork ? " (in its node's network, where most plugins apply no policy)" : '';
    return `${toLink(escapeMarkdown(describeResource(known.value)), known.place)}${note}`;
  });
  const more = pods.length > most ? ` and ${pods.length - most} more` : '';
  return `${names.join(', ')}${more}`;
}
