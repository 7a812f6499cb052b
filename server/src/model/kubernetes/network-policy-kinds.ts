// Policies that other projects define. Whoever uses them is guarded by them, so a default deny that they give has to be seen.
// They are read for that one question, and what is not understood counts as cover.
import type { Ref } from '../../syntax/ref';
import type { DefaultDeny } from './network-policy';
import type { Resource } from './resource';
import { isEmptySelector, type LabelSelector, readLabelSelector } from './selectors';

/** What a policy of another project does for a default that denies. */
export interface ForeignDefaultDeny extends DefaultDeny {
  readonly isClusterWide: boolean;
  /** The labels of the namespaces that a cluster-wide policy speaks of; undefined: all, or not known here. */
  readonly namespaceSelector: LabelSelector | undefined;
}

const OPEN: ForeignDefaultDeny = {
  isClusterWide: false,
  namespaceSelector: undefined,
  selectsAllPods: false,
  isolatesIngress: false,
  isolatesEgress: false,
  allowsAllIngress: false,
  allowsAllEgress: false,
};

/** Reads a policy of Cilium, Calico, Antrea or SIG Network's policy API; one for each spec, none for other objects. */
export function readForeignPolicies(resource: Resource): ForeignDefaultDeny[] {
  const { group, kind } = resource;
  if (group === 'cilium.io' && (kind === 'CiliumNetworkPolicy' || kind === 'CiliumClusterwideNetworkPolicy')) {
    const specs = [resource.spec, ...resource.root.get('specs').items()].filter((spec) => spec.isMapping);
    return specs.map((spec) => readCilium(spec, kind === 'CiliumClusterwideNetworkPolicy'));
  }
  const isCalico = group === 'projectcalico.org' || group === 'crd.projectcalico.org';
  if (isCalico && (kind === 'NetworkPolicy' || kind === 'GlobalNetworkPolicy')) {
    return [readCalico(resource.spec, kind === 'GlobalNetworkPolicy')];
  }
  if (group === 'policy.networking.k8s.io') {
    const kinds = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'];
    return kinds.includes(kind) ? [readAdmin(resource.spec)] : [];
  }
  if (group === 'crd.antrea.io' && (kind === 'NetworkPolicy' || kind === 'ClusterNetworkPolicy')) {
    return [readAntrea(resource.spec, kind === 'ClusterNetworkPolicy')];
  }
  return [];
}

const isWritten = (spec: Ref, ...keys: string[]) => keys.some((key) => spec.get(key).isWritten);

/**
 * Cilium: a section of a direction isolates it, whatever it admits, unless `enableDefaultDeny` says otherwise; an empty rule
 * admits nobody. Labels that carry the pod's namespace choose namespaces, not pods.
 */
function readCilium(spec: Ref, isClusterWide: boolean): ForeignDefaultDeny {
  const selector = readLabelSelector(spec.get('endpointSelector'));
  const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)];
  const isOfNamespace = (key: string) => /\bio\.(kubernetes\.pod\.namespace|cilium\.k8s\.namespace\.labels)/.test(key);
  const isolates = (direction: 'ingress' | 'egress') =>
    spec.get('enableDefaultDeny', direction).boolean ?? isWritten(spec, direction, `${direction}Deny`);
  const allowsAll = (direction: 'ingress' | 'egress', entities: string) =>
    spec
      .get(direction)
      .items()
      .some(
        (rule) =>
          rule.keys().length === 1 &&
          rule
            .get(entities)
            .items()
            .some((entity) => entity.string === 'all'),
      );
  return {
    isClusterWide,
    namespaceSelector: undefined,
    selectsAllPods: spec.get('nodeSelector').isAbsent && (!selector.isKnown || keys.every(isOfNamespace)),
    isolatesIngress: isolates('ingress'),
    isolatesEgress: isolates('egress'),
    allowsAllIngress: allowsAll('ingress', 'fromEntities'),
    allowsAllEgress: allowsAll('egress', 'toEntities'),
  };
}

/** Calico: `types` as in NetworkPolicy, but left out it is what rules there are, and ingress when there are none. */
function readCalico(spec: Ref, isClusterWide: boolean): ForeignDefaultDeny {
  const types = spec.get('types');
  const isTyped = types.items().length > 0;
  const names = types.items().map((type) => type.string);
  const selector = spec.get('selector');
  const text = selector.string?.replace(/\s+/g, '') ?? '';
  // A selector over namespaces only (`projectcalico.org/namespace not in {…}`) leaves no pod of them out.
  const isForAll =
    selector.isUnknown || ['', 'all()'].includes(text) || /^!?\(*projectcalico\.org\/namespace/.test(text);
  const allowsAll = (direction: 'ingress' | 'egress') =>
    spec
      .get(direction)
      .items()
      .some((rule) => rule.get('action').string === 'Allow' && rule.keys().length === 1);
  const isOnlyEgress = isWritten(spec, 'egress') && !isWritten(spec, 'ingress');
  return {
    isClusterWide,
    namespaceSelector: undefined,
    selectsAllPods: isForAll,
    isolatesIngress: types.isUnknown || (isTyped ? names.includes('Ingress') : !isOnlyEgress),
    isolatesEgress: types.isUnknown || (isTyped ? names.includes('Egress') : isWritten(spec, 'egress')),
    allowsAllIngress: allowsAll('ingress'),
    allowsAllEgress: allowsAll('egress'),
  };
}

const DENYING = ['Deny', 'Drop', 'Reject'];

function isDenying(spec: Ref, direction: 'ingress' | 'egress'): boolean {
  const rules = spec.get(direction);
  return rules.isUnknown || rules.items().some((rule) => isDenyingAction(rule.get('action')));
}

const isDenyingAction = (action: Ref) => action.isUnknown || DENYING.includes(action.string ?? '');

/** SIG Network's policy API: nothing is isolated, rules that deny do it. */
function readAdmin(spec: Ref): ForeignDefaultDeny {
  const subject = spec.get('subject');
  const pods = readLabelSelector(subject.get('pods', 'podSelector'));
  const namespaces = subject.get('pods').isWritten
    ? subject.get('pods', 'namespaceSelector')
    : subject.get('namespaces');
  const namespaceSelector = readLabelSelector(namespaces);
  return {
    ...OPEN,
    isClusterWide: true,
    namespaceSelector: isEmptySelector(namespaceSelector) ? undefined : namespaceSelector,
    selectsAllPods: !pods.isKnown || isEmptySelector(pods),
    isolatesIngress: isDenying(spec, 'ingress'),
    isolatesEgress: isDenying(spec, 'egress'),
  };
}

/** Antrea: rules that drop or reject; `appliedTo` without a pod selector is all pods. */
function readAntrea(spec: Ref, isClusterWide: boolean): ForeignDefaultDeny {
  const targets = spec.get('appliedTo').items();
  const isForAll =
    targets.length === 0 || targets.some((target) => isEmptySelector(readLabelSelector(target.get('podSelector'))));
  return {
    ...OPEN,
    isClusterWide,
    selectsAllPods: isForAll,
    isolatesIngress: isDenying(spec, 'ingress'),
    isolatesEgress: isDenying(spec, 'egress'),
  };
}
