import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver';
import { isOfConcern } from '../engine/concern';
import { CONFIGURATION_FILE_NAME, parseConfiguration } from '../engine/configuration';
import type { FileFinding, FileReport, Project } from '../engine/project';
import { shiftSpan } from '../text/span';
import type { ConfigurationStore } from './configuration-store';
import type { OpenDocument, OpenDocuments } from './documents';
import { isSameDiagnostics } from './same';
import { toConfigurationDiagnostic, toDiagnostic, toRange, toUncheckedDiagnostic } from './to-proto';
import { toBaseName } from './uri';

/** What there is to show of an open document. */
export interface DocumentReport {
  /** Names the list: the same id means the same diagnostics. */
  readonly resultId: string;
  readonly diagnostics: readonly Diagnostic[];
}

interface Computed extends DocumentReport {
  /** True when ranges in other files are part of it, which move without this file being judged anew. */
  readonly isLinked: boolean;
}

/** The diagnostics of open documents, computed when asked for and kept until something they rest on changes. */
export class Reports {
  readonly #project: Project;
  readonly #documents: OpenDocuments;
  readonly #configuration: ConfigurationStore;
  readonly #computed = new Map<string, Computed>();
  readonly #delivered = new Map<string, string>();
  readonly #stale = new Set<string>();
  // Result ids outlive the server in some clients, so those of two runs must differ.
  readonly #run = crypto.randomUUID().slice(0, 8);
  #counter = 0;

  constructor(project: Project, documents: OpenDocuments, configuration: ConfigurationStore) {
    this.#project = project;
    this.#documents = documents;
    this.#configuration = configuration;
  }

  /** The findings of an open document; undefined where there is nothing to find. */
  check({ key }: OpenDocument): FileReport | undefined {
    return this.#configuration.isExcluded(key) ? undefined : this.#project.check(key);
  }

  /** The diagnostics of an open document as they are now. */
  get(document: OpenDocument): DocumentReport {
    this.#collect();
    const { key } = document;
    const known = this.#computed.get(key);
    if (known && !known.isLinked && !this.#stale.has(key)) return known;
    this.#stale.delete(key);
    const { diagnostics, isLinked } = this.#compute(document);
    const isSame = known !== undefined && isSameDiagnostics(known.diagnostics, diagnostics);
    const resultId = isSame ? known.resultId : `${this.#run}-${++this.#counter}`;
    const computed = { resultId, diagnostics: isSame ? known.diagnostics : diagnostics, isLinked };
    this.#computed.set(key, computed);
    return computed;
  }

  /** Notes what the client now shows of a document. */
  noteDelivered({ key }: OpenDocument, resultId: string): void {
    this.#delivered.set(key, resultId);
  }

  /** The open documents, but for one, that the client shows otherwise than they are now, with what to show. */
  getOutdated(except?: OpenDocument): { document: OpenDocument; report: DocumentReport }[] {
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

  /** Forgets a document. */
  forget(key: string): void {
    this.#computed.delete(key);
    this.#delivered.delete(key);
    this.#stale.delete(key);
  }

  #collect(): void {
    for (const key of this.#project.takeStale()) if (this.#documents.has(key)) this.#stale.add(key);
  }

  #compute(document: OpenDocument): { diagnostics: Diagnostic[]; isLinked: boolean } {
    const { text, language, key } = document;
    if (toBaseName(key) === CONFIGURATION_FILE_NAME) return this.#checkConfiguration(document);
    const report = this.check(document);
    if (!report) return { diagnostics: [], isLinked: false };
    let isLinked = false;
    const diagnostics = report.findings.map((finding) => {
      isLinked ||= finding.related.length > 0;
      return toDiagnostic(finding, text, this.#toRelated(finding));
    });
    if (report.unchecked.length > 0 && isOfConcern(text.getText(), language)) {
      diagnostics.push(...report.unchecked.map((unchecked) => toUncheckedDiagnostic(unchecked, text)));
    }
    return { diagnostics, isLinked };
  }

  #checkConfiguration({ text }: OpenDocument): { diagnostics: Diagnostic[]; isLinked: boolean } {
    const { problems } = parseConfiguration(text.getText(), [...this.#project.rules.byId.keys()]);
    return { diagnostics: problems.map((problem) => toConfigurationDiagnostic(problem, text)), isLinked: false };
  }

  #toRelated({ related }: FileFinding): DiagnosticRelatedInformation[] {
    return related.flatMap(({ place, message }) => {
      const target = this.#project.locate(place);
      if (!target) return [];
      const open = this.#documents.get(target.uri);
      const range = toRange(shiftSpan(target.ref.anchor, target.start), open?.text ?? target.source.lines);
      return [{ location: { uri: open?.uri ?? target.uri, range }, message }];
    });
  }
}
