import {
  AnnotatedTextEdit,
  type ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Project } from '../engine/project';
import type { Edit } from '../text/edit';
import { LineIndex } from '../text/line-index';
import type { ClientFeatures } from './client-features';
import type { OpenDocuments } from './documents';
import { type Lines, toTextEdit } from './to-proto';

/** The edits of one file. */
export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly Edit[];
  /** True for a file that the edit makes; its edits insert into an empty text. */
  readonly isNewFile: boolean;
}

/** What an edit is made with. */
export interface WorkspaceEditInput {
  readonly project: Project;
  readonly documents: OpenDocuments;
  readonly features: ClientFeatures;
}

const UNSAFE = 'unsafe';
const UNSAFE_ANNOTATION: ChangeAnnotation = {
  label: 'Changes what the workload may do',
  description: 'Something that relies on what is taken away may stop working.',
  needsConfirmation: false,
};

/** The edit of several files as the client understands it; undefined when it cannot make the new files that are needed. */
export function toWorkspaceEdit(
  input: WorkspaceEditInput,
  files: readonly FileEdits[],
  isUnsafe: boolean,
): WorkspaceEdit | undefined {
  const { documents, features } = input;
  if (!features.hasDocumentChanges) return toPlainEdit(input, files);
  if (!features.canCreateFiles && files.some(({ isNewFile }) => isNewFile)) return undefined;
  const annotation = isUnsafe && features.hasChangeAnnotations ? UNSAFE : undefined;
  const documentChanges = files.flatMap((file): (TextDocumentEdit | CreateFile)[] => {
    const open = documents.get(file.uri);
    const uri = open?.uri ?? file.uri;
    const edits = toTextEdits(input, file).map(
      (edit): TextEdit =>
        annotation === undefined ? edit : AnnotatedTextEdit.replace(edit.range, edit.newText, annotation),
    );
    const edit = TextDocumentEdit.create({ uri, version: open?.text.version ?? null }, edits);
    // A file of that name that has come up in the meantime must not be overwritten: the client then refuses the whole edit.
    return file.isNewFile ? [CreateFile.create(uri, { overwrite: false, ignoreIfExists: false }), edit] : [edit];
  });
  return annotation === undefined
    ? { documentChanges }
    : { documentChanges, changeAnnotations: { [annotation]: UNSAFE_ANNOTATION } };
}

function toPlainEdit(input: WorkspaceEditInput, files: readonly FileEdits[]): WorkspaceEdit | undefined {
  if (files.some(({ isNewFile }) => isNewFile)) return undefined;
  const changes = files.map((file): [string, TextEdit[]] => {
    return [input.documents.get(file.uri)?.uri ?? file.uri, toTextEdits(input, file)];
  });
  return { changes: Object.fromEntries(changes) };
}

function toTextEdits({ project, documents }: WorkspaceEditInput, { uri, edits, isNewFile }: FileEdits): TextEdit[] {
  const text = isNewFile ? '' : (project.getText(uri) ?? '');
  const lines: Lines = documents.get(uri)?.text ?? new LineIndex(text);
  return edits.map((edit) => toTextEdit(edit, lines));
}
