import { readResources } from '../../model/kubernetes/resource';
import type { Known } from '../../model/workspace/fact';
import { Ref, type Step } from '../../syntax/ref';
import type { SourceFile } from '../../syntax/source-file';
import { type Span, shiftSpan } from '../../text/span';
import type { Project } from '../project';
import { findNameAt, toNameSpan } from './names';
import { findDefinitions, findReferences } from './resolve';
import { findSelectedAt, findSelecting } from './selection';

/** A place to go to. Spans are in places of its file. */
export interface NavigationTarget {
  readonly uri: string;
  readonly source: SourceFile;
  /** The name. */
  readonly span: Span;
  /** The object that the name is of, or that refers by it. */
  readonly objectSpan: Span;
}

/** Where a name, or a selector, leads. */
export interface Navigation {
  /** What leads there, in places of the file that was asked about. */
  readonly origin: Span;
  readonly targets: readonly NavigationTarget[];
}

/** What is defined by the name at an offset of a file, or selected by the selector there; undefined where there is neither. */
export function getDefinition(project: Project, uri: string, offset: number): Navigation | undefined {
  const found = findNameAt(project, uri, offset);
  if (found) {
    const known = project.ask((workspace) => findDefinitions(workspace, found.name, uri));
    return { origin: found.span, targets: toTargets(project, known.map(toNamed)) };
  }
  const selected = findSelectedAt(project, uri, offset);
  if (!selected) return undefined;
  return { origin: selected.span, targets: toTargets(project, selected.workloads.map(toObject)) };
}

/**
 * The places that refer to the object by whose name an offset of a file stands, in the order of files; for the name of a
 * workload what selects its pods. Undefined where there is neither.
 */
export function getReferences(
  project: Project,
  uri: string,
  offset: number,
  hasDeclaration: boolean,
): readonly NavigationTarget[] | undefined {
  const found = findNameAt(project, uri, offset);
  if (!found) {
    const selecting = findSelecting(project, uri, offset);
    return selecting && toTargets(project, selecting.map(toObject));
  }
  const known = project.ask((workspace) => {
    const definitions = hasDeclaration ? findDefinitions(workspace, found.name, uri) : [];
    return [...definitions, ...findReferences(workspace, found.name, uri).map(({ reference }) => reference)];
  });
  return toTargets(project, known.map(toNamed));
}

interface NamedPlace extends Pick<Known<unknown>, 'place'> {
  readonly name: string;
}

function toNamed({ value, place }: Known<{ readonly name: string }>): NamedPlace {
  return { place, name: value.name };
}

/** An object whose fact stands at its root, by its own name. */
function toObject({ value, place: { document, path } }: Known<{ readonly name: string | undefined }>): NamedPlace {
  return { place: { document, path: [...path, 'metadata', 'name'] }, name: value.name ?? '' };
}

/** More places than this are located in a copy of the project, which takes the trees that it read along when it goes. */
const FEW = 8;

function toTargets(project: Project, places: readonly NamedPlace[]): NavigationTarget[] {
  const reader = places.length > FEW ? project.fork() : project;
  return places.flatMap(({ place, name }): NavigationTarget[] => {
    const found = reader.locate(place);
    if (!found) return [];
    const { uri, source, start, ref } = found;
    const span = toNameSpan(ref, name);
    return [{ uri, source, span: shiftSpan(span, start), objectSpan: shiftSpan(toObjectSpan(ref, span), start) }];
  });
}

/** The object that holds a route, or the whole document; the place itself where it is written outside of that. */
function toObjectSpan(ref: Ref, span: Span): Span {
  const { path, tree } = ref;
  const object = readResources(tree).find(({ root }) => isPrefix(root.path, path))?.root ?? Ref.root(tree);
  const whole = object.node?.span;
  return whole && whole.start <= span.start && span.end <= whole.end ? whole : span;
}

function isPrefix(a: readonly Step[], b: readonly Step[]): boolean {
  return a.length <= b.length && a.every((step, index) => step === b[index]);
}
