// What a NetworkPolicy does, in sentences. Text is Markdown; labels, names and addresses of the file stand in code.

import { escapeMarkdown, toCode } from '../../text/markdown';
import type { Direction } from '../kubernetes/network-policy';
import { isEmptySelector, type LabelSelector } from '../kubernetes/selectors';
import { getDirection, isOpenRule, type PeerData, type PolicyData, type PortData, type RuleData } from './policy';
import { getNamedNamespaces } from './select';

/** What a policy does in both directions: sentences, and a list where a direction has several rules. */
export function describePolicyEffect(policy: PolicyData): string {
  return [describeDirection(policy, 'Ingress'), describeDirection(policy, 'Egress')].join('\n\n');
}

function describeDirection(policy: PolicyData, direction: Direction): string {
  const { isIsolating, rules, areRulesKnown } = getDirection(policy, direction);
  const isIngress = direction === 'Ingress';
  if (isIsolating === undefined) return `Whether ${direction.toLowerCase()} is restricted is not known here.`;
  if (!isIsolating) {
    const ignored =
      rules.length > 0 ? ` Its ${direction.toLowerCase()} rules are ignored, because policyTypes leave them out.` : '';
    return `${direction} is not restricted by this policy.${ignored}`;
  }
  const who = describePods(policy.podSelector, 'this namespace');
  const subject = `${who[0]?.toUpperCase()}${who.slice(1)}`;
  const verb = isIngress ? 'accept' : 'may connect to';
  if (rules.some(isOpenRule)) {
    return `${subject} ${isIngress ? 'accept every connection, from everyone and at every port' : 'may connect to any address, at every port'}.`;
  }
  const others = isIngress ? 'unless another policy admits it' : 'unless another policy allows it';
  if (rules.length === 0) {
    if (!areRulesKnown)
      return `${subject} ${verb} what its ${direction.toLowerCase()} rules say, which is not known here.`;
    return isIngress
      ? `${subject} accept no connections, unless another policy admits them.`
      : `${subject} may connect to nothing, ${others}.`;
  }
  const parts = rules.map((rule) => describeRule(rule, isIngress));
  const unknown = areRulesKnown ? '' : ' There are further rules that are not known here.';
  const rest = `${isIngress ? 'Nothing else comes in' : 'Nothing else goes out'}, ${others}.${unknown}`;
  if (parts.length === 1) return `${subject} ${verb} ${parts[0]}. ${rest}`;
  return `${subject} ${verb}:\n${parts.map((part) => `- ${part}`).join('\n')}\n\n${rest}`;
}

function describeRule(rule: RuleData, isIngress: boolean): string {
  const ports = describePorts(rule);
  const peers = describePeers(rule, isIngress);
  if (isIngress) return `${ports === '' ? 'connections at every port' : ports} from ${peers}`;
  return `${peers} at ${ports === '' ? 'every port' : ports}`;
}

function describePorts({ ports, arePortsKnown }: RuleData): string {
  const words = ports.map(describePort);
  if (!arePortsKnown) words.push('ports that are not known here');
  return joinWords(words, 'and');
}

function describePort({ protocol: written = 'unknown protocol', port, endPort, isKnown }: PortData): string {
  const protocol = escapeMarkdown(written);
  if (!isKnown) return 'a port that is not known here';
  if (port === undefined) return `every ${protocol} port`;
  if (typeof port === 'string') return `${protocol} port ${toCode(port)}`;
  return `${protocol} ${port}${endPort === undefined ? '' : `-${endPort}`}`;
}

function describePeers({ peers, arePeersKnown }: RuleData, isIngress: boolean): string {
  if (peers.length === 0 && arePeersKnown)
    return isIngress ? 'everyone, inside the cluster and outside' : 'any address';
  const words = peers.map(describePeer);
  if (!arePeersKnown) words.push('peers that are not known here');
  return joinWords(words, 'or');
}

/** A peer in words: `pods app=api of this namespace`. */
export function describePeer({ podSelector, namespaceSelector, ipBlock, isKnown }: PeerData): string {
  if (!isKnown) return 'a peer that is not known here';
  if (ipBlock) {
    const except = joinWords(ipBlock.except.map(toCode), 'and');
    return `${describeBlock(ipBlock.cidr)}${except === '' ? '' : ` (except ${except})`}`;
  }
  return describePods(podSelector, namespaceSelector ? describeNamespaces(namespaceSelector) : 'this namespace');
}

function describeBlock(cidr: string): string {
  if (cidr === '0.0.0.0/0') return `any IPv4 address (${toCode(cidr)})`;
  return cidr === '::/0' ? `any IPv6 address (${toCode(cidr)})` : `addresses in ${toCode(cidr)}`;
}

function describePods(selector: LabelSelector | undefined, of: string): string {
  if (!selector || isEmptySelector(selector)) return `all pods of ${of}`;
  return `pods ${describeLabels(selector)} of ${of}`;
}

function describeNamespaces(selector: LabelSelector): string {
  if (isEmptySelector(selector)) return 'every namespace';
  const named = getNamedNamespaces(selector);
  if (!named) return `namespaces with ${describeLabels(selector)}`;
  return `${named.length > 1 ? 'namespaces' : 'namespace'} ${joinWords(named.map(toCode), 'and')}`;
}

/** As kubectl writes it, so that it is plain that all of it has to hold, and `kubectl get pods -l` takes it. */
function describeLabels({ matchLabels, matchExpressions, isKnown }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  const known = [...labels, ...expressions].join(',');
  const parts = [...(known === '' ? [] : [toCode(known)]), ...(isKnown ? [] : ['labels that are not known here'])];
  return joinWords(parts, 'and');
}

function joinWords(words: readonly string[], conjunction: string): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
