import type { DocumentId } from '../model/workspace/fact';
import type { Language } from '../syntax/language';
import type { SourceDocument, SourceFile } from '../syntax/source-file';
import { parseYaml } from '../syntax/yaml/parse';
import type { Outline } from './outline';
import type { RunResult } from './run';
import type { Settings } from './settings';

/** One document of a file, as the project keeps it. */
export interface DocumentState {
  readonly id: DocumentId;
  readonly uri: string;
  source: SourceDocument;
  readonly resources: number;
  /** Of a document of concern that cannot be read as a whole. */
  readonly outline: Outline | undefined;
  /** Undefined until it is judged, and when an answer that it had asked for has changed. */
  result: RunResult | undefined;
}

/** A file, as the project keeps it. */
export interface FileState {
  readonly uri: string;
  readonly text: string;
  readonly language: Language;
  /** Undefined for a file that is only in the background: its facts are kept, its trees are read again when asked for. */
  source: SourceFile | undefined;
  readonly documents: readonly DocumentState[];
  /** By which its facts were read. */
  readonly podRoutes: Settings['podRoutes'];
}

/** What stands for a document whose tree is not kept. */
export const EMPTY_DOCUMENT: SourceDocument = { start: 0, tree: parseYaml('') };

/** True when two settings tell of the same pods. */
export function areSameRoutes(a: Settings['podRoutes'], b: Settings['podRoutes']): boolean {
  return a === b || JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}
