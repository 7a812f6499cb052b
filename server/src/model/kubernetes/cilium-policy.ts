import type { Ref } from '../../syntax/ref';
import type { ForeignDefaultDeny } from './network-policy-kinds';
import { type LabelRequirement, NAME_LABEL, readLabelSelector, toRequirements } from './selectors';

const NAMESPACE_LABEL = /^(?:k8s:|any:)?io\.kubernetes\.pod\.namespace$/;
const LABEL_OF_NAMESPACE = /^(?:k8s:|any:)?io\.cilium\.k8s\.namespace\.labels\.(.+)$/;
const CLUSTER_LABEL = /^(?:k8s:|any:)?io\.cilium\.k8s\.policy\.cluster$/;

/**
 * Reads a rule of Cilium: rules of a direction isolate it, whatever they admit, unless `enableDefaultDeny` says otherwise; an empty
 * rule admits nobody, an empty list is as good as none (pkg/policy/api, Rule.Sanitize). Labels that carry the pod's namespace
 * choose namespaces, not pods.
 */
export function readCilium(spec: Ref, isClusterWide: boolean): ForeignDefaultDeny {
  const selector = readLabelSelector(spec.get('endpointSelector'));
  const ofNamespaces: LabelRequirement[] = [];
  let isOfPods = spec.get('nodeSelector').isPresent;
  for (const requirement of toRequirements(selector)) {
    const key = toNamespaceKey(requirement.key);
    if (key !== undefined) ofNamespaces.push({ ...requirement, key });
    else if (!CLUSTER_LABEL.test(requirement.key)) isOfPods = true;
  }
  return {
    isClusterWide,
    namespaceSelector:
      isClusterWide && selector.isKnown && ofNamespaces.length > 0
        ? { matchLabels: {}, matchExpressions: ofNamespaces, isKnown: true }
        : undefined,
    selectsAllPods: !isOfPods || !selector.isKnown,
    isolatesIngress: isIsolating(spec, 'ingress'),
    isolatesEgress: isIsolating(spec, 'egress'),
    allowsAllIngress: isAllowingAll(spec.get('ingress'), 'fromEntities'),
    allowsAllEgress: isAllowingAll(spec.get('egress'), 'toEntities'),
  };
}

/** The label of a Namespace that a label of its pods stands for, which Cilium gives them. */
function toNamespaceKey(key: string): string | undefined {
  return NAMESPACE_LABEL.test(key) ? NAME_LABEL : LABEL_OF_NAMESPACE.exec(key)?.[1];
}

function isIsolating(spec: Ref, direction: 'ingress' | 'egress'): boolean {
  const written = spec.get('enableDefaultDeny', direction).boolean;
  if (written !== undefined) return written;
  return [spec.get(direction), spec.get(`${direction}Deny`)].some(
    (rules) => rules.isUnknown || rules.items().length > 0,
  );
}

function isAllowingAll(rules: Ref, entities: string): boolean {
  return rules.items().some(
    (rule) =>
      rule.keys().length === 1 &&
      rule
        .get(entities)
        .items()
        .some((entity) => entity.string === 'all'),
  );
}
