import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CodeAction, Diagnostic, Position, Range, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** A pod with one gross fault. */
export const PRIVILEGED_POD = `apiVersion: v1
kind: Pod
metadata:
  name: debug
  namespace: shop
spec:
  containers:
    - name: shell
      image: registry.example.com/shell:1.0
      securityContext:
        privileged: true # needed once
`;

/** A role whose second rule is too wide. */
export const WIDE_ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: deployer
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get]
  - apiGroups: [apps]
    resources: [deployments]
    verbs: ["*"]
`;

/** A ServiceAccount by which a trust policy can be missed. */
export const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: report-writer
  namespace: shop
`;

/** A trust policy whose subject is a misspelling of that account. */
export const MISSPELT_TRUST = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
      },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud": "sts.amazonaws.com",
          "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub": "system:serviceaccount:shop:report-witer"
        }
      }
    }
  ]
}
`;

/** What a client says that shows the pages of rules itself. */
export const DOCS = { docsUrl: 'editor://breakwater.breakwater/rules/' };

/** Address of a document that is only in the editor. */
export const UNTITLED = 'untitled:Untitled-1';

/** Where `needle` stands first in a text, by the text's own lines. */
export function rangeOf(text: string, needle: string): Range {
  const offset = text.indexOf(needle);
  if (offset === -1) throw new Error(`the text has no ${JSON.stringify(needle)}`);
  const document = TextDocument.create('', '', 0, text);
  return { start: document.positionAt(offset), end: document.positionAt(offset + needle.length) };
}

/** The place right before `needle`. */
export function startOf(text: string, needle: string): Position {
  return rangeOf(text, needle).start;
}

/** What stands at a range. */
export function textAt(text: string, range: Range): string {
  return TextDocument.create('', '', 0, text).getText(range);
}

/** A text after edits. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits]);
}

/** The edits that an action makes in one file. */
export function editsOf({ edit }: CodeAction, uri: string): TextEdit[] {
  const changes = edit?.documentChanges ?? [];
  return changes.flatMap((change) =>
    'textDocument' in change && change.textDocument.uri === uri ? (change.edits as TextEdit[]) : [],
  );
}

/** The rule ids of diagnostics, each as often as it comes. */
export function rulesOf(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

/** The first diagnostic of a rule; throws when there is none. */
export function findRule(diagnostics: readonly Diagnostic[], rule: string): Diagnostic {
  const found = diagnostics.find(({ code }) => code === rule);
  if (!found) throw new Error(`there is no ${rule} among ${JSON.stringify(rulesOf(diagnostics))}`);
  return found;
}

/** A folder on the disk that is gone when the test ends, with files in it by their paths. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): {
  readonly uri: string;
  uriOf(name: string): string;
  write(name: string, text: string): void;
  remove(name: string): void;
} {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'breakwater-lsp-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    uri: pathToFileURL(root).href,
    uriOf: (name) => pathToFileURL(join(root, name)).href,
    write,
    remove: (name) => rmSync(join(root, name), { recursive: true }),
  };
}
