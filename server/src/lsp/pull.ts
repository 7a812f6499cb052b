import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { OpenDocument } from './documents';
import { guardRequest } from './guard';
import { createRefresh } from './refresh';
import type { ShownReport } from './reports';
import type { Publisher } from './server';
import type { Session } from './session';

/** Answers textDocument/diagnostic, and asks the client to pull again when other things change what it shows. */
export function registerPull(session: Session): Publisher {
  const { connection, log, features, documents, configuration, reports } = session;
  const refresh = createRefresh(session, 'workspace/diagnostic/refresh', features.canRefreshDiagnostics, () =>
    connection.languages.diagnostics.refresh(),
  );
  connection.languages.diagnostics.on(
    guardRequest(log, 'textDocument/diagnostic', toNothing, async ({ textDocument, previousResultId }, token) => {
      const document = documents.find(textDocument.uri);
      if (!document) return toNothing();
      const preparing = configuration.prepare(document.key, document.uri);
      if (preparing) await preparing;
      if (token.isCancellationRequested || documents.get(document.key) !== document) return toNothing();
      const report = reports.get(document);
      reports.noteDelivered(document, report.resultId);
      const answer: DocumentDiagnosticReport =
        report.resultId === previousResultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId }
          : toFullReport(report);
      const outdated = reports.getOutdated(document);
      if (outdated.length === 0) return answer;
      if (features.hasRelatedDocuments) return { ...answer, relatedDocuments: toRelated(session, outdated) };
      refresh();
      return answer;
    }),
  );
  return {
    onChanged: () => {},
    onClosed: () => {},
    onBackground: () => {
      if (reports.getOutdated().length > 0) refresh();
    },
  };
}

function toRelated(
  { reports }: Session,
  outdated: readonly { document: OpenDocument; report: ShownReport }[],
): Record<string, FullDocumentDiagnosticReport> {
  return Object.fromEntries(
    outdated.map(({ document, report }) => {
      reports.noteDelivered(document, report.resultId);
      return [document.uri, toFullReport(report)];
    }),
  );
}

function toFullReport({ resultId, diagnostics }: ShownReport): FullDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnostics };
}

function toNothing(): DocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items: [] };
}
