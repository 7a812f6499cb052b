import { readTrustPolicies } from '../../model/iam/read-trust-policies';
import { readResources } from '../../model/kubernetes/resource';
import { readNameFacts } from '../../model/workspace/reference-facts';
import type { ObjectName } from '../../model/workspace/reference-topics';
import { Ref } from '../../syntax/ref';
import { findDocument, type SourceDocument } from '../../syntax/source-file';
import { type Span, shiftSpan } from '../../text/span';
import type { Project } from '../project';

/** A name at a place of a file: of an object that is defined there, or that is referred to. */
export interface NameAt {
  readonly name: ObjectName;
  readonly isDefinition: boolean;
  /** The name alone, without quotes and what stands around it, in places of the file. */
  readonly span: Span;
}

/** The name at an offset of a file; undefined where none stands. */
export function findNameAt(project: Project, uri: string, offset: number): NameAt | undefined {
  const document = findDocumentAt(project, uri, offset);
  if (!document) return undefined;
  const { start, tree } = document;
  const root = Ref.root(tree);
  const { podRoutes } = project.getSettings(uri);
  for (const { topic, value, path } of readNameFacts(tree, readResources(tree), readTrustPolicies(tree), podRoutes)) {
    const ref = root.get(...path);
    const span = shiftSpan(ref.anchor, start);
    if (offset < span.start || span.end < offset) continue;
    return { name: value, isDefinition: topic === 'definition', span: shiftSpan(toNameSpan(ref, value.name), start) };
  }
  return undefined;
}

/** The document of a file in which an offset stands. */
export function findDocumentAt(project: Project, uri: string, offset: number): SourceDocument | undefined {
  const documents = (project.checkDocuments(uri) ?? []).map(({ source }) => source);
  return documents[findDocument(documents, offset)];
}

/** Where in what stands at a route a name is written; all of it where the name is not to be told from the rest. */
export function toNameSpan(ref: Ref, name: string): Span {
  const { anchor, scalar, tree } = ref;
  // Through an alias the name is elsewhere.
  if (!scalar || scalar.span.start !== anchor.start) return anchor;
  const at = tree.text.slice(anchor.start, anchor.end).lastIndexOf(name);
  return at === -1 ? anchor : { start: anchor.start + at, end: anchor.start + at + name.length };
}
