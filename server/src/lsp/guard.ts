import { type CancellationToken, LSPErrorCodes, type RemoteConsole, ResponseError } from 'vscode-languageserver';

/** Where the server writes what went wrong. */
export type Log = Pick<RemoteConsole, 'error' | 'warn' | 'info' | 'debug'>;

/** Wraps a notification's handler: what it throws is logged, and the server lives on. */
export function guardNotification<P>(log: Log, name: string, handle: (params: P) => unknown): (params: P) => void {
  return (params) => runGuarded(log, name, () => handle(params));
}

/** Runs something whose failure, at once or later, is only logged. */
export function runGuarded(log: Log, name: string, run: () => unknown): void {
  const report = (error: unknown) => log.error(`${name}: ${toText(error)}`);
  try {
    Promise.resolve(run()).catch(report);
  } catch (error) {
    report(error);
  }
}

/** Wraps a request's handler: what it throws is logged and answered with `fallback`'s answer; a cancelled request is not begun. */
export function guardRequest<P, R>(
  log: Log,
  name: string,
  fallback: (params: P) => R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handle(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      log.error(`${name}: ${toText(error)}`);
      return fallback(params);
    }
  };
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Request cancelled');
}

/** An error as the log has it: with where it arose. */
export function toText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
