// Policies under which nothing is isolated: what they deny is denied by rules.
import type { Ref } from '../../syntax/ref';
import type { ForeignDefaultDeny } from './network-policy-kinds';
import { isEmptySelector, type LabelSelector, NAME_LABEL, readLabelSelector, toRequirements } from './selectors';

const OPEN = { allowsAllIngress: false, allowsAllEgress: false };

const DENYING = ['Deny', 'Drop', 'Reject'];

/** Reads a policy of SIG Network's policy API, of any of its kinds. */
export function readAdmin(spec: Ref): ForeignDefaultDeny {
  const subject = spec.get('subject');
  const pods = readLabelSelector(subject.get('pods', 'podSelector'));
  const isOfPods = subject.get('pods').isWritten;
  return {
    ...OPEN,
    isClusterWide: true,
    namespaceSelector: readNamespaces(isOfPods ? subject.get('pods', 'namespaceSelector') : subject.get('namespaces')),
    selectsAllPods: !pods.isKnown || isEmptySelector(pods),
    isolatesIngress: isDenyingAll(spec, 'ingress'),
    isolatesEgress: isDenyingAll(spec, 'egress'),
  };
}

/** Reads a policy of Antrea, once for each item of `appliedTo`; an item without a pod selector is about all pods. */
export function readAntrea(spec: Ref, isClusterWide: boolean): ForeignDefaultDeny[] {
  const deny = {
    ...OPEN,
    isClusterWide,
    isolatesIngress: isDenyingAll(spec, 'ingress'),
    isolatesEgress: isDenyingAll(spec, 'egress'),
  };
  const targets = spec.get('appliedTo').items();
  if (targets.length === 0) return [{ ...deny, namespaceSelector: undefined, selectsAllPods: true }];
  return targets.map((target) => {
    const pods = readLabelSelector(target.get('podSelector'));
    const isOfSome = ['nodeSelector', 'service', 'serviceAccount'].some((key) => target.get(key).isPresent);
    return {
      ...deny,
      namespaceSelector: isClusterWide ? readNamespaces(target.get('namespaceSelector')) : undefined,
      selectsAllPods: !isOfSome && (!pods.isKnown || isEmptySelector(pods)),
    };
  });
}

function readNamespaces(ref: Ref): LabelSelector | undefined {
  const selector = readLabelSelector(ref);
  return isEmptySelector(selector) ? undefined : selector;
}

/** True where a rule denies a direction as a whole: some of its peers may be anybody, and it names no port. */
function isDenyingAll(spec: Ref, direction: 'ingress' | 'egress'): boolean {
  const rules = spec.get(direction);
  return rules.isUnknown || rules.items().some((rule) => isDenying(rule, direction === 'ingress' ? 'from' : 'to'));
}

function isDenying(rule: Ref, list: 'from' | 'to'): boolean {
  const action = rule.get('action');
  if (!action.isUnknown && !DENYING.includes(action.string ?? '')) return false;
  if (['ports', 'protocols', 'toServices', 'l7Protocols'].some((key) => rule.get(key).items().length > 0)) return false;
  const peers = rule.get(list);
  return peers.isUnknown || peers.items().length === 0 || peers.items().some(isWide);
}

/** True for a peer that leaves open who it is; one that names some namespaces, pods or addresses does not. */
function isWide(peer: Ref): boolean {
  if (['nodes', 'domainNames', 'fqdn', 'nodeSelector', 'serviceAccount'].some((key) => peer.get(key).isPresent)) {
    return false;
  }
  const blocks = [...peer.get('networks').items(), peer.get('ipBlock', 'cidr')].filter((block) => !block.isAbsent);
  if (blocks.length > 0) return blocks.some((block) => block.isUnknown || block.string?.endsWith('/0'));
  const selectors = [
    peer.get('namespaces'),
    peer.get('pods', 'namespaceSelector'),
    peer.get('pods', 'podSelector'),
    peer.get('namespaceSelector'),
    peer.get('podSelector'),
  ];
  return selectors.every((selector) => isWideSelector(readLabelSelector(selector)));
}

/** True for a selector that takes all but some. */
function isWideSelector(selector: LabelSelector): boolean {
  if (!selector.isKnown) return true;
  return toRequirements(selector).every(
    ({ key, operator }) =>
      ['NotIn', 'DoesNotExist'].includes(operator) || (key === NAME_LABEL && operator === 'Exists'),
  );
}
