import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver';
import { isOfConcern } from '../engine/concern';
import { CONFIGURATION_FILE_NAME, parseConfiguration } from '../engine/configuration';
import { getRoleProblems } from '../engine/configuration/irsa-roles';
import type { Finding } from '../engine/finding';
import { toInternalErrorMessage } from '../engine/internal-error';
import type { FileReport, Project } from '../engine/project';
import type { DocumentId } from '../model/workspace/fact';
import { shiftSpan } from '../text/span';
import type { ConfigurationStore } from './configuration-store';
import {
  type DiagnosticsInput,
  type DocumentDiagnostics,
  toDocumentDiagnostics,
  toFileKeys,
} from './document-diagnostics';
import type { OpenDocument, OpenDocuments } from './documents';
import { joinParts } from './parts';
import { type RoleFiles, toRoleKey } from './role-files';
import type { GetRuleDocsUrl } from './rule-docs';
import { toConfigurationDiagnostic, toRange, toUncheckedDiagnostic } from './to-proto';
import { toBaseName } from './uri';

/** What there is to show of an open document. */
export interface ShownReport {
  /** Names the list: the same id means the same diagnostics. */
  readonly resultId: string;
  readonly diagnostics: Diagnostic[];
}

interface Computed extends ShownReport {
  readonly parts: readonly (readonly Diagnostic[])[];
  /** By the document of the file that each is of. */
  readonly documents: ReadonlyMap<DocumentId, DocumentDiagnostics>;
  readonly isLinked: boolean;
}

const NO_DOCUMENTS: Computed['documents'] = new Map();

/** The diagnostics of open documents, computed when asked for and kept until something they rest on changes. */
export class Reports {
  readonly #project: Project;
  readonly #documents: OpenDocuments;
  readonly #configuration: ConfigurationStore;
  readonly #getDocsUrl: GetRuleDocsUrl;
  readonly #roleFiles: RoleFiles;
  readonly #onError: (error: unknown) => void;
  readonly #computed = new Map<string, Computed>();
  readonly #delivered = new Map<string, string>();
  readonly #stale = new Set<string>();
  // Result ids outlive the server in some clients, so those of two runs must differ.
  readonly #run = crypto.randomUUID().slice(0, 8);
  #counter = 0;
  #tellFirst: () => void = () => {};
  /** Resolves when a document has been judged for the first time. */
  readonly first = new Promise<void>((resolve) => {
    this.#tellFirst = resolve;
  });

  constructor(
    project: Project,
    documents: OpenDocuments,
    configuration: ConfigurationStore,
    getDocsUrl: GetRuleDocsUrl,
    roleFiles: RoleFiles,
    onError: (error: unknown) => void,
  ) {
    this.#project = project;
    this.#documents = documents;
    this.#configuration = configuration;
    this.#getDocsUrl = getDocsUrl;
    this.#roleFiles = roleFiles;
    this.#onError = onError;
  }

  /** The findings of an open document; undefined where there is nothing to find. */
  check({ key }: OpenDocument): FileReport | undefined {
    return this.#configuration.isExcluded(key) ? undefined : this.#project.check(key);
  }

  /** The diagnostics of an open document as they are now. */
  get(document: OpenDocument): ShownReport {
    this.#collect();
    const { key } = document;
    const known = this.#computed.get(key);
    if (known && !known.isLinked && !this.#stale.has(key)) return known;
    this.#stale.delete(key);
    const { documents, parts } = this.#make(document, known?.documents);
    const isLinked = [...documents.values()].some((one) => one.isLinked);
    const computed =
      known && areSameParts(known.parts, parts)
        ? { ...known, documents, isLinked }
        : { resultId: `${this.#run}-${++this.#counter}`, diagnostics: joinParts(parts), parts, documents, isLinked };
    this.#computed.set(key, computed);
    this.#tellFirst();
    return computed;
  }

  /** Notes what the client now shows of a document. */
  noteDelivered({ key }: OpenDocument, resultId: string): void {
    this.#delivered.set(key, resultId);
  }

  /** The open documents, but for one, that the client shows otherwise than they are now, with what to show. */
  getOutdated(except?: OpenDocument): { document: OpenDocument; report: ShownReport }[] {
    this.#collect();
    return [...this.#stale].flatMap((key) => {
      const document = this.#documents.get(key);
      if (!document) this.#stale.delete(key);
      const delivered = this.#delivered.get(key);
      if (!document || key === except?.key || delivered === undefined) return [];
      const report = this.get(document);
      return report.resultId === delivered ? [] : [{ document, report }];
    });
  }

  /** Everything is computed anew when asked for. */
  invalidate(): void {
    for (const { key } of this.#documents.all) this.#stale.add(key);
  }

  /** The configuration files that are open are judged anew when asked for. */
  invalidateConfigurations(): void {
    for (const { key } of this.#documents.all) if (toBaseName(key) === CONFIGURATION_FILE_NAME) this.#stale.add(key);
  }

  /** Forgets a document. */
  forget(key: string): void {
    this.#computed.delete(key);
    this.#delivered.delete(key);
    this.#stale.delete(key);
  }

  #make(document: OpenDocument, before: Computed['documents'] | undefined): Pick<Computed, 'documents' | 'parts'> {
    try {
      if (toBaseName(document.key) === CONFIGURATION_FILE_NAME) {
        return { documents: NO_DOCUMENTS, parts: [this.#checkConfiguration(document)] };
      }
      const documents = this.#compute(document, before);
      return { documents, parts: [...documents.values()].map(({ diagnostics }) => diagnostics) };
    } catch (error) {
      // Said where the findings would be: an empty list would look like a clean file.
      this.#onError(error);
      const problem = { message: toInternalErrorMessage(error), span: { start: 0, end: 0 } };
      return { documents: NO_DOCUMENTS, parts: [[toUncheckedDiagnostic(problem, document.text)]] };
    }
  }

  #collect(): void {
    for (const key of this.#project.takeStale()) if (this.#documents.has(key)) this.#stale.add(key);
  }

  #compute(
    { text, language, key }: OpenDocument,
    before: ReadonlyMap<DocumentId, DocumentDiagnostics> | undefined,
  ): ReadonlyMap<DocumentId, DocumentDiagnostics> {
    const reports = this.#configuration.isExcluded(key) ? [] : (this.#project.checkDocuments(key) ?? []);
    const hasUnchecked = reports.some((report) => report.isCut || report.source.tree.problems.length > 0);
    const input: DiagnosticsInput = {
      lines: text,
      isOfConcern: hasUnchecked && isOfConcern(text.getText(), language),
      getDocsUrl: this.#getDocsUrl,
      toRelated: (finding) => this.#toRelated(finding),
    };
    const seen = new Map<string, number>();
    return new Map(
      reports.map((report) => {
        const keys = toFileKeys(report, seen);
        const { document } = report;
        return [document, toDocumentDiagnostics(report, keys, input, before?.get(document))];
      }),
    );
  }

  #checkConfiguration({ text, key }: OpenDocument): Diagnostic[] {
    const { configuration, problems } = parseConfiguration(text.getText(), [...this.#project.rules.byId.keys()]);
    const folder = key.slice(0, key.lastIndexOf('/'));
    const texts = configuration.irsaRoles.flatMap((role) => {
      const policy = toRoleKey(folder, role);
      const text = this.#project.getText(policy);
      const file = text === undefined ? this.#roleFiles.get(policy) : { text };
      return file ? [[role.path, file.text] as const] : [];
    });
    const known = new Map(texts);
    // A file that is not read yet is no fault to underline.
    const roles = configuration.irsaRoles.filter(({ path }) => known.has(path));
    return [...problems, ...getRoleProblems(roles, known)].map((problem) => toConfigurationDiagnostic(problem, text));
  }

  #toRelated({ related }: Finding): DiagnosticRelatedInformation[] {
    return related.flatMap(({ place, message }) => {
      const target = this.#project.locate(place);
      if (!target) return [];
      const open = this.#documents.get(target.uri);
      const range = toRange(shiftSpan(target.ref.anchor, target.start), open?.text ?? target.source.lines);
      return [{ location: { uri: open?.uri ?? target.uri, range }, message }];
    });
  }
}

function areSameParts(a: Computed['parts'], b: Computed['parts']): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
