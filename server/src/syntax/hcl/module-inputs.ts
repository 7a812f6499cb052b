import type { Span } from '../../text/span';
import { getPair, type MappingNode, type Node, type Pair, type ScalarNode } from '../node';
import { getParts, rememberParts } from './named-parts';

const PREFIX = 'system:serviceaccount:';

const INPUTS = new Set([
  'oidc_providers',
  'oidc_fully_qualified_subjects',
  'oidc_subjects_with_wildcards',
  'provider_url',
]);

const ACCOUNTS = new WeakSet<ScalarNode>();

/** True for a subject that is written as `<namespace>:<name>`, which the module puts `system:serviceaccount:` before. */
export function isAccountInput(node: ScalarNode): boolean {
  return ACCOUNTS.has(node);
}

/** What is written for a subject in such a place; undefined for what is no subject. */
export function toAccountInput(subject: string): string | undefined {
  return subject.startsWith(PREFIX) ? subject.slice(PREFIX.length) : undefined;
}

/**
 * Adds to the inputs of a module the policy that it makes of them, where they are those of the modules of
 * terraform-aws-modules/iam for roles of service accounts; their audience is `sts.amazonaws.com`.
 */
export function addModulePolicy(body: MappingNode): MappingNode {
  const statements = [...fromProviders(body), ...fromSubjects(body)];
  if (statements.length === 0) return body;
  const value: Node = { type: 'sequence', span: body.span, isFlow: false, items: statements };
  // What the policy is made of is said once, so that a change there is a change of one thing.
  const others = body.pairs.filter(({ key }) => !INPUTS.has(key ?? ''));
  return { ...body, pairs: [...others, { key: 'Statement', keySpan: startOf(body.span), value }] };
}

/** `oidc_providers = { main = { provider_arn = …, namespace_service_accounts = ["ns:name"] } }`. */
function fromProviders(body: MappingNode): MappingNode[] {
  const providers = getPair(body, 'oidc_providers')?.value;
  if (providers?.type !== 'mapping') return [];
  const test = toText(body, 'assume_role_condition_test') ?? toText(body, 'trust_condition_test') ?? 'StringEquals';
  return providers.pairs.flatMap(({ value }) => {
    if (value?.type !== 'mapping') return [];
    const accounts = getPair(value, 'namespace_service_accounts')?.value;
    const arn = getPair(value, 'provider_arn');
    const provider = arn?.value?.type === 'scalar' ? toProvider(arn.value.text) : undefined;
    if (accounts?.type !== 'sequence' || !arn || provider === undefined) return [];
    const items = accounts.items.map((item) => item && toSubject(item));
    return [toStatement(value.span, arn, provider, [[test, { ...accounts, items }]])];
  });
}

/** `provider_url` with `oidc_fully_qualified_subjects` (exact) and `oidc_subjects_with_wildcards` (patterns). */
function fromSubjects(body: MappingNode): MappingNode[] {
  const exact = getPair(body, 'oidc_fully_qualified_subjects')?.value;
  const patterns = getPair(body, 'oidc_subjects_with_wildcards')?.value;
  const url = getPair(body, 'provider_url');
  const conditions: [string, Node][] = [];
  if (exact?.type === 'sequence' && exact.items.length > 0) conditions.push(['StringEquals', exact]);
  if (patterns?.type === 'sequence' && patterns.items.length > 0) conditions.push(['StringLike', patterns]);
  if (conditions.length === 0) return [];
  const provider = url?.value?.type === 'scalar' ? url.value.text.replace(/^https:\/\//, '') : '${provider_url}';
  const principal = url ?? { key: 'provider_url', keySpan: startOf(body.span), value: undefined };
  return [toStatement(body.span, principal, provider, conditions)];
}

function toStatement(
  span: Span,
  principal: Pair,
  provider: string,
  conditions: readonly (readonly [test: string, subjects: Node])[],
): MappingNode {
  const at = principal.value?.span ?? span;
  const operators = conditions.map(([test, value]): Pair => {
    const pairs: Pair[] = [{ key: `${provider}:sub`, keySpan: startOf(value.span), value }];
    return { key: test, keySpan: startOf(value.span), value: toMapping(pairs, value.span) };
  });
  const audience = toMapping([toPair(`${provider}:aud`, toScalar('sts.amazonaws.com', at), at)], at);
  return toMapping(
    [
      toPair('Effect', toScalar('Allow', span), span),
      toPair('Principal', toMapping([toPair('Federated', toScalar(provider, at), at)], at), at),
      toPair('Action', toScalar('sts:AssumeRoleWithWebIdentity', span), span),
      // The test of the audience has a name of its own, so that it is never taken for one that is written.
      toPair('Condition', toMapping([...operators, toPair('ForAnyValue:StringEquals', audience, at)], span), span),
    ],
    span,
  );
}

function toSubject(node: Node): Node {
  if (node.type !== 'scalar' || typeof node.value !== 'string') return node;
  const text = PREFIX + node.text;
  const subject: ScalarNode = { ...node, text, value: text };
  ACCOUNTS.add(subject);
  rememberParts(subject, getParts(node));
  return subject;
}

function toProvider(arn: string): string | undefined {
  return /:oidc-provider\/(.+)$/.exec(arn)?.[1] ?? (arn.includes('${') ? arn : undefined);
}

function toText(body: MappingNode, key: string): string | undefined {
  const pair = getPair(body, key);
  return pair?.value?.type === 'scalar' ? pair.value.text : undefined;
}

function toPair(key: string, value: Node, span: Span): Pair {
  return { key, keySpan: startOf(span), value };
}

function toScalar(text: string, span: Span): ScalarNode {
  return { type: 'scalar', span: startOf(span), text, value: text, style: 'plain' };
}

/** A place for what is not written: nothing can be changed there. */
function startOf({ start }: Span): Span {
  return { start, end: start };
}

function toMapping(pairs: readonly Pair[], span: Span): MappingNode {
  return { type: 'mapping', span, isFlow: false, pairs };
}
