import type { DidChangeTextDocumentParams, TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Project } from '../engine/project';
import { getLanguage, type Language } from './language';
import { toKey } from './uri';

/** A document that the editor holds. */
export interface OpenDocument {
  readonly key: string;
  /** The address as the client spells it: answers use its spelling. */
  readonly uri: string;
  readonly language: Language;
  /** Text, version and lines, kept up to date change by change. */
  readonly text: TextDocument;
}

/** The documents that the editor holds. Each change reaches the project as the edit that it is. */
export class OpenDocuments {
  readonly #project: Project;
  readonly #documents = new Map<string, OpenDocument>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** By the key of `toKey`. */
  get(key: string): OpenDocument | undefined {
    return this.#documents.get(key);
  }

  /** By the client's spelling. */
  find(uri: string): OpenDocument | undefined {
    return this.#documents.get(uri) ?? this.#documents.get(toKey(uri));
  }

  has(key: string): boolean {
    return this.#documents.has(key);
  }

  get all(): Iterable<OpenDocument> {
    return this.#documents.values();
  }

  /** Takes over a document; undefined for one in a language that is not read. */
  open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument | undefined {
    const language = getLanguage(languageId, uri);
    if (!language) return undefined;
    const document = { key: toKey(uri), uri, language, text: TextDocument.create(uri, languageId, version, text) };
    this.#documents.set(document.key, document);
    this.#project.setFile(document.key, text, language);
    return document;
  }

  /** Applies changes in their order, each to the text that the one before it left. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): OpenDocument | undefined {
    const document = this.find(textDocument.uri);
    if (!document) return undefined;
    const { key, text, language } = document;
    for (const change of contentChanges) {
      if (!('range' in change)) {
        TextDocument.update(text, [change], textDocument.version);
        this.#project.setFile(key, text.getText(), language);
        continue;
      }
      const [a, b] = [text.offsetAt(change.range.start), text.offsetAt(change.range.end)];
      const span = { start: Math.min(a, b), end: Math.max(a, b) };
      TextDocument.update(text, [change], textDocument.version);
      this.#project.editFile(key, { span, newText: change.text }, text.getText());
    }
    return document;
  }

  /** Lets a document go; the project still knows its text. */
  close(uri: string): OpenDocument | undefined {
    const document = this.find(uri);
    if (document) this.#documents.delete(document.key);
    return document;
  }
}
