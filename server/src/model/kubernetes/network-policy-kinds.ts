// Policies that other projects define. Whoever uses them is guarded by them, so a default deny that they give has to be seen.
// They are read for that one question, and what is not understood counts as cover.
import type { Ref } from '../../syntax/ref';
import { readCalico } from './calico-policy';
import { readCilium } from './cilium-policy';
import { readAdmin, readAntrea } from './denying-policies';
import type { DefaultDeny } from './network-policy';
import type { Resource } from './resource';
import type { LabelSelector } from './selectors';

/** What a policy of another project does for a default that denies. */
export interface ForeignDefaultDeny extends DefaultDeny {
  readonly isClusterWide: boolean;
  /** The labels of the namespaces that a cluster-wide policy speaks of; undefined: all, or not known here. */
  readonly namespaceSelector: LabelSelector | undefined;
}

/** Reads a policy of Cilium, Calico, Antrea or SIG Network's policy API; one for each spec, none for other objects. */
export function readForeignPolicies({ group, kind, spec, root }: Resource): ForeignDefaultDeny[] {
  const specs = group === 'cilium.io' ? root.get('specs').items() : [];
  return [spec, ...specs].flatMap((one) => (one.isAbsent ? [] : readForeignSpec(group, kind, one)));
}

/** Reads the spec of such a policy; for some kinds it says several things, of several groups of namespaces. */
export function readForeignSpec(group: string, kind: string, spec: Ref): ForeignDefaultDeny[] {
  if (group === 'cilium.io') {
    if (kind === 'CiliumNetworkPolicy') return [readCilium(spec, false)];
    return kind === 'CiliumClusterwideNetworkPolicy' ? [readCilium(spec, true)] : [];
  }
  if (group === 'projectcalico.org' || group === 'crd.projectcalico.org') {
    if (kind === 'NetworkPolicy') return [readCalico(spec, false)];
    return kind === 'GlobalNetworkPolicy' ? [readCalico(spec, true)] : [];
  }
  if (group === 'policy.networking.k8s.io') {
    const kinds = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'];
    return kinds.includes(kind) ? [readAdmin(spec)] : [];
  }
  if (group === 'crd.antrea.io') {
    if (kind === 'NetworkPolicy') return readAntrea(spec, false);
    return kind === 'ClusterNetworkPolicy' ? readAntrea(spec, true) : [];
  }
  return [];
}
