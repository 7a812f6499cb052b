import { readResources } from '../model/kubernetes/resource';
import { findDocument } from '../syntax/source-file';
import { type Span, shiftSpan } from '../text/span';
import { toPodsText } from './account-hover/pods';
import { toRoleText } from './account-hover/role';
import { findAccountTarget } from './account-hover/target';
import { createPlaceLinks } from './place-links';
import type { Project } from './project';

/** What there is to say of the identity of pods. */
export interface AccountHover {
  /** Markdown, with links. */
  readonly markdown: string;
  /** The name, kind or annotation that it is about, in places of the file. */
  readonly span: Span;
}

/**
 * Says which pods run as the ServiceAccount that is meant at an offset of a file (its kind, name or role, or the field of pods that
 * names it), which IAM role they take on, and who else can; undefined elsewhere. `toUri` gives the URI that links lead to.
 */
export function getAccountHover(
  project: Project,
  uri: string,
  offset: number,
  toUri: (uri: string) => string = (own) => own,
): AccountHover | undefined {
  const sources = (project.checkDocuments(uri) ?? []).map(({ source }) => source);
  const source = sources[findDocument(sources, offset)];
  if (!source) return undefined;
  const { podRoutes } = project.getSettings(uri);
  const target = findAccountTarget(readResources(source.tree), offset - source.start, podRoutes);
  if (!target) return undefined;
  const toLink = createPlaceLinks(project, toUri);
  const markdown = project.ask((workspace) =>
    [toPodsText(workspace, target, toLink), toRoleText(project, workspace, target, uri, toLink)].join('\n\n'),
  );
  return { markdown, span: shiftSpan(target.span, source.start) };
}
