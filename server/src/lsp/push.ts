import type { OpenDocument } from './documents';
import { runGuarded } from './guard';
import type { ShownReport } from './reports';
import type { Publisher } from './server';
import type { Session } from './session';

/** Publishes diagnostics, for clients that cannot pull: after each change at once, and for other files when theirs differ. */
export function registerPush(session: Session): Publisher {
  const { connection, log, documents, configuration, reports } = session;

  const publish = (document: OpenDocument, { resultId, diagnostics }: ShownReport): void => {
    reports.noteDelivered(document, resultId);
    runGuarded(log, 'textDocument/publishDiagnostics', () =>
      connection.sendDiagnostics({
        uri: document.uri,
        version: document.text.version,
        diagnostics,
      }),
    );
  };
  const publishOthers = (except?: OpenDocument): void => {
    for (const { document, report } of reports.getOutdated(except)) publish(document, report);
  };
  const publishChanged = (key: string): void => {
    const document = documents.get(key);
    if (!document) return;
    const preparing = configuration.prepare(key, document.uri);
    // While the settings of a document that was just opened are on their way, its later changes wait for them too.
    if (preparing) {
      runGuarded(log, 'settings', () => preparing.then(() => publishChanged(key)));
      return;
    }
    publish(document, reports.get(document));
    publishOthers(document);
  };

  return {
    onChanged: publishChanged,
    onClosed: (uri) => {
      runGuarded(log, 'textDocument/publishDiagnostics', () => connection.sendDiagnostics({ uri, diagnostics: [] }));
    },
    onBackground: () => publishOthers(),
  };
}
