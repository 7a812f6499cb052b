import type { Span } from '../../text/span';
import { MAX_DOCUMENT_LENGTH } from '../limits';
import type { Node, SyntaxProblem, Tree } from '../node';
import { Converter } from './convert';
import { getHclParser, type HclNode } from './grammar';
import { type HclValues, NO_VALUES, rememberValues } from './values';

const NO_ANCHORS: ReadonlySet<string> = new Set();

// Reading is not free, and most files of a Terraform project say nothing of service accounts.
const CONCERN =
  /AssumeRoleWithWebIdentity|oidc-provider|system:serviceaccount|pods\.eks\.amazonaws\.com|namespace_service_accounts|oidc_fully_qualified_subjects|oidc_subjects_with_wildcards|aws_eks_pod_identity_association|eks-pod-identity/i;

const PLACEHOLDERS = new WeakMap<Tree, ReadonlyMap<string, string>>();

/** How the placeholders in a document's texts are written in it. */
export function getPlaceholders(tree: Tree): ReadonlyMap<string, string> {
  return PLACEHOLDERS.get(tree) ?? new Map();
}

/** Remembers how the placeholders of a document are written. */
export function rememberPlaceholders(tree: Tree, placeholders: ReadonlyMap<string, string>): void {
  PLACEHOLDERS.set(tree, placeholders);
}

/** True for a text in HCL that speaks of trust in service accounts, or gives them roles. */
export function isHclOfConcern(text: string): boolean {
  return CONCERN.test(text);
}

/**
 * Reads a file in HCL: blocks are mappings by their type and labels, those without labels sequences of their bodies. The
 * notations of a trust policy are read as what they stand for. Empty until the grammar is loaded, and for files without
 * concern. `values`: what other files of the folder define. Never throws.
 */
export function parseHcl(text: string, values: HclValues = NO_VALUES): Tree {
  const toTree = (root: Node | undefined, problems: readonly SyntaxProblem[]): Tree => {
    const isReliable = problems.length === 0;
    const tree: Tree = { text, language: 'hcl', root, problems, isReliable, sharedAnchors: NO_ANCHORS };
    return rememberValues(tree, values);
  };
  const parse = getHclParser();
  if (!parse || !isHclOfConcern(text)) return toTree(undefined, []);
  if (text.length > MAX_DOCUMENT_LENGTH) {
    const message = `Not checked: this file is longer than ${MAX_DOCUMENT_LENGTH} characters.`;
    return toTree(undefined, [{ kind: 'budget', message, span: { start: 0, end: 0 } }]);
  }
  try {
    const read = parse(text, (root) => {
      if (root.hasError) return findError(root);
      const converter = new Converter(text, values);
      return { root: converter.toRoot(root), placeholders: converter.placeholders };
    });
    if (!read || 'start' in read) {
      const message = 'Not checked: this is not valid HCL.';
      return toTree(undefined, [{ kind: 'syntax', message, span: read ?? { start: 0, end: 0 } }]);
    }
    const tree = toTree(read.root, []);
    PLACEHOLDERS.set(tree, read.placeholders);
    return tree;
  } catch (error) {
    const detail = error instanceof RangeError ? 'it is nested too deeply' : String(error);
    const message = `Not checked: this file could not be read, because ${detail}.`;
    return toTree(undefined, [{ kind: 'budget', message, span: { start: 0, end: 0 } }]);
  }
}

/** The innermost first place at which the parser could not go on. */
function findError(node: HclNode): Span {
  let at = node;
  for (let next: HclNode | null | undefined = at; next; next = at.children.find((child) => child?.hasError)) at = next;
  return { start: at.startIndex, end: Math.max(at.startIndex, at.endIndex) };
}
