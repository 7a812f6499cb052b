import type { Ref } from '../../syntax/ref';
import { parseCalicoSelector } from './calico-selector';
import type { ForeignDefaultDeny } from './network-policy-kinds';
import { type LabelRequirement, NAME_LABEL } from './selectors';

/** What a selector over pods says of their namespaces, by labels that Calico gives to the pods. */
const NAMESPACE_LABEL = 'projectcalico.org/namespace';
const LABEL_OF_NAMESPACE = /^pcns\.(.+)$/;
/** The label by which Calico names a namespace, beside the one of the API server. */
const CALICO_NAME_LABEL = 'projectcalico.org/name';
/** Says that it is a pod at all. */
const POD_LABEL = 'projectcalico.org/orchestrator';

/**
 * Reads a policy of Calico: the pods that it selects are denied what none of its rules allow. `types` as in NetworkPolicy, but left
 * out it is what rules there are, and ingress when there are none.
 */
export function readCalico(spec: Ref, isClusterWide: boolean): ForeignDefaultDeny {
  const types = spec.get('types');
  const names = types.items().map((type) => type.string);
  const isTyped = names.length > 0;
  const hasRules = (direction: 'ingress' | 'egress') =>
    spec.get(direction).isUnknown || spec.get(direction).items().length > 0;
  const { isOfPods, ofNamespaces } = readSelectors(spec);
  return {
    isClusterWide,
    namespaceSelector:
      isClusterWide && ofNamespaces.length > 0
        ? { matchLabels: {}, matchExpressions: ofNamespaces, isKnown: true }
        : undefined,
    selectsAllPods: !isOfPods,
    isolatesIngress:
      types.isUnknown || (isTyped ? names.includes('Ingress') : hasRules('ingress') || !hasRules('egress')),
    isolatesEgress: types.isUnknown || (isTyped ? names.includes('Egress') : hasRules('egress')),
    allowsAllIngress: isAllowingAll(spec.get('ingress')),
    allowsAllEgress: isAllowingAll(spec.get('egress')),
  };
}

/** What the selectors ask of pods, and what of their namespaces. Of what is not understood, all namespaces are taken to be meant. */
function readSelectors(spec: Ref): { readonly isOfPods: boolean; readonly ofNamespaces: LabelRequirement[] } {
  const accounts = spec.get('serviceAccountSelector');
  let isOfPods = accounts.isPresent && !['', 'all()'].includes(accounts.string?.replace(/\s/g, '') ?? 'all()');
  const ofNamespaces = (readSelector(spec.get('namespaceSelector')) ?? []).map((requirement) => ({
    ...requirement,
    key: toNameLabel(requirement.key),
  }));
  const text = spec.get('selector').string ?? '';
  const requirements = readSelector(spec.get('selector'));
  if (!requirements)
    isOfPods ||= !spec.get('selector').isUnknown && !/projectcalico\.org\/namespace|\bpcns\./.test(text);
  for (const requirement of requirements ?? []) {
    const label = LABEL_OF_NAMESPACE.exec(requirement.key)?.[1];
    if (requirement.key === NAMESPACE_LABEL) ofNamespaces.push({ ...requirement, key: NAME_LABEL });
    else if (label !== undefined) ofNamespaces.push({ ...requirement, key: toNameLabel(label) });
    else if (requirement.key !== POD_LABEL) isOfPods = true;
  }
  return { isOfPods, ofNamespaces };
}

const toNameLabel = (key: string) => (key === CALICO_NAME_LABEL ? NAME_LABEL : key);

function readSelector(ref: Ref): LabelRequirement[] | undefined {
  return ref.isUnknown ? undefined : parseCalicoSelector(ref.string ?? '');
}

function isAllowingAll(rules: Ref): boolean {
  return rules.items().some((rule) => rule.get('action').string === 'Allow' && rule.keys().length === 1);
}
