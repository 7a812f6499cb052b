import type * as vscode from 'vscode';

// Variables of Terraform are not judged by themselves, but what is typed there counts for the module beside them.
const LANGUAGES = ['yaml', 'helm', 'json', 'jsonc', 'terraform', 'terraform-vars'];
// What the editor can hold: files here or on a remote host, unsaved text, and repositories that are browsed without a clone.
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web'];

/** The documents that are checked. */
export const DOCUMENT_SELECTOR = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));

const IS_TRUST_POLICY = /"sts:AssumeRole/;
const IS_TRUST_IN_TERRAFORM =
  /AssumeRole|system:serviceaccount|namespace_service_accounts|oidc_(?:fully_qualified_)?subjects/;
const HAS_API_VERSION = /"apiVersion"\s*:/;
const HAS_KIND = /"kind"\s*:/;

/** True for a document that gives the server something to do: any YAML, but JSON and Terraform only if they look like ours. */
export function isWorthStarting(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  if (!SCHEMES.includes(uri.scheme) || !LANGUAGES.includes(languageId)) return false;
  if (languageId === 'yaml' || languageId === 'helm') return true;
  if (languageId === 'terraform-vars') return false;
  const text = document.getText();
  if (languageId === 'terraform') return IS_TRUST_IN_TERRAFORM.test(text);
  return IS_TRUST_POLICY.test(text) || (HAS_API_VERSION.test(text) && HAS_KIND.test(text));
}

const MAY_HAVE_ACCESS =
  /^[ \t{,]*"?kind"?[ \t]*:\s*"?(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|ServiceAccount|Namespace|(Cluster)?Role(Binding)?|Rollout|ClusterConfig)\b|sts:AssumeRole/m;

/** True for a document that seems to hold workloads, accounts, roles, bindings, namespaces or trust policies. */
export function hasAccess(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  if (!SCHEMES.includes(uri.scheme) || !LANGUAGES.includes(languageId)) return false;
  return MAY_HAVE_ACCESS.test(document.getText());
}
