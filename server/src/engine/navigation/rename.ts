import { isAccountName, toSubject } from '../../model/iam/subject';
import type { DocumentId, Known, Place } from '../../model/workspace/fact';
import type { ReferenceFact } from '../../model/workspace/reference-topics';
import type { Change } from '../../syntax/change';
import { isTerraform } from '../../syntax/hcl/values';
import { areEditsDisjoint, type Edit, sortEdits } from '../../text/edit';
import type { Span } from '../../text/span';
import { toDocumentEdits } from '../fix/document-edits';
import type { FileEdit } from '../fix/to-edits';
import type { Project } from '../project';
import { describeLeft, findLeftSubjects, type LeftMention, toAmbiguous } from './left';
import { findNameAt, type NameAt } from './names';
import { findDefinitions, findReferences, type Resolved } from './resolve';

/** What can be renamed at a place: its name, and where it stands there. */
export interface Renamable {
  readonly name: string;
  /** In places of the file. */
  readonly span: Span;
}

/** A rename as edits, or why there is none: a sentence for the person. */
export type RenameResult =
  | {
      readonly files: readonly FileEdit[];
      /** What was not renamed and will not mean the account any more, as a sentence; undefined where there is nothing. */
      readonly left: string | undefined;
    }
  | { readonly problem: string };

/** The ServiceAccount at an offset of a file that can have another name; every namespace has its account `default`. */
export function getRenamable(project: Project, uri: string, offset: number): Renamable | undefined {
  const found = findAccountAt(project, uri, offset);
  return found && { name: found.name.name, span: found.span };
}

/**
 * Renames the ServiceAccount at an offset of a file wherever the workspace names it: its object, pods, subjects of bindings
 * and of trust policies. Undefined where none stands. Nothing is renamed where one of these cannot be.
 */
export function renameAccount(
  project: Project,
  uri: string,
  offset: number,
  newName: string,
): RenameResult | undefined {
  const found = findAccountAt(project, uri, offset);
  if (!found) return undefined;
  const { name } = found;
  if (!isAccountName(newName)) {
    const form = 'lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253';
    return { problem: `A ServiceAccount cannot be called "${newName}": its name is made of ${form}.` };
  }
  if (newName === name.name) return { files: [], left: undefined };
  const { places, taken, left } = project.ask((workspace) => {
    const definitions = findDefinitions(workspace, name, uri);
    const resolved = findReferences(workspace, name, uri);
    // What may mean another account of that name as well is left to the person.
    const isOwn = (one: Resolved) => one.definitions.every((definition) => definitions.includes(definition));
    const references = resolved.filter(isOwn).map(({ reference }) => toRenamed(reference, newName));
    const home = definitions[0]?.value ?? name;
    const mentions = [
      ...findLeftSubjects(workspace, home, newName),
      ...resolved.flatMap((one) => (isOwn(one) ? [] : toAmbiguous(one.reference))),
    ];
    const own = definitions.map(({ place }) => ({ place, value: newName }));
    const isTaken = ({ uri: file, value }: Known<{ readonly namespace: string | undefined }>): boolean =>
      findDefinitions(workspace, { ...name, name: newName }, file).some(
        // Without a namespace only files of one folder are sure to land together.
        (other) =>
          other.value.namespace === value.namespace &&
          (value.namespace !== undefined || toFolder(other.uri) === toFolder(file)),
      );
    return { places: [...own, ...references], taken: definitions.find(isTaken), left: mentions };
  });
  if (taken) {
    const where = taken.value.namespace === undefined ? '' : ` in namespace "${taken.value.namespace}"`;
    return { problem: `There is a ServiceAccount "${newName}"${where} already.` };
  }
  const reader = project.fork();
  const named = places.flatMap((one) => toNamedElsewhere(reader, one) ?? []);
  const made = toFiles(
    reader,
    places.filter((one) => !named.some(({ renamed }) => renamed === one)),
  );
  return 'problem' in made ? made : { ...made, left: describeLeft([...left, ...named], newName) };
}

/** A mention of an account in Terraform that is computed from a name: whoever else uses that name would be changed too. */
function toNamedElsewhere(project: Project, renamed: Renamed): (LeftMention & { renamed: Renamed }) | undefined {
  const located = project.locate({ document: renamed.place.document, path: [] });
  if (!located || !isTerraform(located.ref.tree) || toEdits(located, renamed.place.document, [renamed]))
    return undefined;
  const { anchor, tree } = located.ref.get(...renamed.place.path);
  const text = tree.text.slice(anchor.start, anchor.end).replace(/^"|"$/g, '');
  return { uri: located.uri, text, reason: 'named', renamed };
}

function findAccountAt(project: Project, uri: string, offset: number): NameAt | undefined {
  const found = findNameAt(project, uri, offset);
  return found?.name.kind === 'ServiceAccount' && found.name.name !== 'default' ? found : undefined;
}

type Located = NonNullable<ReturnType<Project['locate']>>;

interface Renamed {
  readonly place: Place;
  readonly value: string;
}

function toRenamed({ value, place }: Known<ReferenceFact>, newName: string): Renamed {
  const isSubject = value.form === 'subject' && value.namespace !== undefined;
  return {
    place,
    value: isSubject ? toSubject({ namespace: value.namespace ?? '', name: newName }) : newName,
  };
}

function toFiles(
  project: Project,
  renamed: readonly Renamed[],
): { readonly files: readonly FileEdit[] } | { readonly problem: string } {
  const changes = new Map<DocumentId, Renamed[]>();
  for (const one of renamed) changes.set(one.place.document, [...(changes.get(one.place.document) ?? []), one]);
  const files = new Map<string, Edit[]>();
  for (const [document, own] of changes) {
    const located = project.locate({ document, path: [] });
    if (!located) continue;
    const { uri } = located;
    const edits = toEdits(located, document, own);
    if (!edits) return { problem: `In ${toFileName(uri)} the name is shared by an anchor or made by a template.` };
    files.set(uri, [...(files.get(uri) ?? []), ...edits]);
  }
  const result: FileEdit[] = [];
  for (const [uri, edits] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!areEditsDisjoint(edits, project.getText(uri)?.length ?? 0)) {
      return { problem: `In ${toFileName(uri)} the places of the name touch each other.` };
    }
    if (edits.length > 0) result.push({ uri, edits: sortEdits(edits), isNewFile: false });
  }
  return { files: result };
}

function toEdits(
  { uri, source, start, ref }: Located,
  document: DocumentId,
  renamed: readonly Renamed[],
): readonly Edit[] | undefined {
  const changes = renamed.map(({ place: { path }, value }): Change => ({ op: 'set', path, value }));
  return toDocumentEdits({ document, uri, source, start, root: ref, changes, inserted: [], isRemoved: false });
}

function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

function toFileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
