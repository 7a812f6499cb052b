import { EMBEDDED, getEmbedded } from '../../syntax/embedded';
import { isTerraform } from '../../syntax/hcl/values';
import type { Node, Tree } from '../../syntax/node';
import { Ref, type Step } from '../../syntax/ref';
import { getTag } from '../../syntax/tag';
import { isPodIdentityStatement } from './pod-identity';
import { readStatements } from './read-statement';
import { readRoleIdentity } from './role-identity';
import type { TrustPolicy, TrustStatement } from './trust-policy';

/**
 * The trust policies of web identities and of EKS Pod Identity that a document holds, in order: a policy by itself, or anywhere inside (CloudFormation,
 * the answer of `aws iam get-role`), as JSON in a string too. A document that could not be read reliably gives none.
 */
export function readTrustPolicies(tree: Tree): TrustPolicy[] {
  if (!tree.isReliable || !tree.root || !mayHoldTrustPolicy(tree)) return [];
  const root = Ref.root(tree);
  return findPolicies(tree, tree.root).flatMap((path) => {
    const policy = readPolicy(root.get(...path));
    return policy ? [policy] : [];
  });
}

// Runs for every document on every keystroke, so it only looks for words without which there is no such policy.
function mayHoldTrustPolicy(tree: Tree): boolean {
  const { text } = tree;
  if (isTerraform(tree)) return true;
  if (!text.includes('Statement')) return false;
  return /AssumeRoleWithWebIdentity|oidc-provider|system:serviceaccount|pods\.eks\.amazonaws\.com/i.test(text);
}

/** Routes of all mappings with a Statement, in the order of the text. Aliases are not followed: a policy is read where it stands. */
function findPolicies(tree: Tree, root: Node): Step[][] {
  const found: Step[][] = [];
  const open: { node: Node; path: Step[] }[] = [{ node: root, path: [] }];
  for (let item = open.pop(); item; item = open.pop()) {
    const { node, path } = item;
    const children: { node: Node; path: Step[] }[] = [];
    if (node.type === 'mapping') {
      if (hasStatement(node)) {
        found.push(path);
        continue;
      }
      for (const { key, value } of node.pairs) {
        if (value && key !== undefined) children.push({ node: value, path: [...path, key] });
      }
    } else if (node.type === 'sequence') {
      node.items.forEach((value, index) => {
        if (value) children.push({ node: value, path: [...path, index] });
      });
    } else if (node.type === 'scalar' && mayBePolicyText(node.text)) {
      const embedded = getEmbedded(tree, node)?.root;
      if (embedded && hasStatement(embedded)) found.push([...path, EMBEDDED]);
    }
    open.push(...children.reverse());
  }
  return found;
}

function hasStatement(node: Node): boolean {
  return node.type === 'mapping' && node.pairs.some(({ key, value }) => key === 'Statement' && value);
}

/** True for the text of a JSON object, URL-encoded or not, with a Statement in it. */
function mayBePolicyText(text: string): boolean {
  return /^\s*(\{|%7B)/i.test(text) && text.includes('Statement');
}

function readPolicy(root: Ref): TrustPolicy | undefined {
  const statements: TrustStatement[] = [];
  const policy: TrustPolicy = {
    root,
    ...readRoleIdentity(root),
    statements,
  };
  const written = root.get('Statement');
  const places = written.isSequence && getTag(written) === undefined ? written.items() : [written];
  for (const ref of places) statements.push(...readStatements(policy, ref));
  return statements.some((one) => isWebIdentityStatement(one) || isPodIdentityStatement(one)) ? policy : undefined;
}

function isWebIdentityStatement({ providers, actions, issuer }: TrustStatement): boolean {
  if (issuer !== 'undecided' || providers.some((provider) => provider !== undefined)) return true;
  return actions.some((action) => /AssumeRoleWithWebIdentity/i.test(action.string ?? ''));
}
