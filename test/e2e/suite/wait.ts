import * as vscode from 'vscode';

const deadline = 15_000;

/**
 * Resolves with the first answer of `probe` that is not undefined: asked at once, then at each firing of `event`.
 * Rejects at the deadline with `what` was awaited and what `describe` says of the state then.
 */
export function waitFor<T>(
  event: vscode.Event<unknown>,
  probe: () => T | undefined,
  what: string,
  describe: () => string,
): Promise<T> {
  const first = probe();
  if (first !== undefined) return Promise.resolve(first);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`waited ${deadline / 1000} s for ${what}; there is ${describe()}`));
    }, deadline);
    const subscription = event(() => {
      const answer = probe();
      if (answer === undefined) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve(answer);
    });
  });
}

/** A file's findings, ours only, as VS Code shows them now. */
export function getFindings(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Breakwater');
}

/** The rule id that a finding carries as its code. */
export function getRule({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until a file has a finding of the rule, and returns the first. */
export function waitForFinding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return waitForFindings(
    uri,
    (findings) => findings.find((finding) => getRule(finding) === rule),
    `${rule} in ${vscode.workspace.asRelativePath(uri)}`,
  );
}

/** Waits until a file has no finding of the rule. */
export async function waitForAbsence(uri: vscode.Uri, rule: string): Promise<void> {
  await waitForFindings(
    uri,
    (findings) => (findings.some((finding) => getRule(finding) === rule) ? undefined : true),
    `no ${rule} in ${vscode.workspace.asRelativePath(uri)}`,
  );
}

/** Waits until `probe` has an answer to a file's findings. */
export function waitForFindings<T>(
  uri: vscode.Uri,
  probe: (findings: readonly vscode.Diagnostic[]) => T | undefined,
  what: string,
): Promise<T> {
  return waitFor(
    vscode.languages.onDidChangeDiagnostics,
    () => probe(getFindings(uri)),
    what,
    () => JSON.stringify(getFindings(uri).map(getRule)),
  );
}
