import { type Container, describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import type { Ref } from '../../syntax/ref';
import { describeOwner } from '../pod-security/_words';
import { CONTAINER_FIELDS_BY_NAME, CONTAINER_ONLY, POD_FIELDS_BY_NAME, POD_ONLY, SPEC_FIELDS_BY_NAME } from './_fields';

const PROFILE_FIELDS = ['type', 'localhostProfile'];

/** Fields of a pod's spec that look like a security field of ours and are something else. */
const OTHER_SPEC_FIELDS = ['hostname', 'hostAliases', 'hostnameOverride', 'serviceAccountName', 'serviceAccount'];

/** A mapping whose keys are known, with who it belongs to. */
export interface NamedPlace {
  readonly owner: string;
  readonly place: Ref;
  readonly names: readonly string[];
  /** Keys that are no misspelling: they are right, or another rule speaks of them. */
  readonly others: readonly string[];
  readonly container?: Container;
}

/** Every mapping of a pod that decides about its security. */
export function getPlaces(pod: PodTemplate): NamedPlace[] {
  const owner = describeOwner(pod, undefined);
  const specNames = [...Object.keys(SPEC_FIELDS_BY_NAME), 'securityContext'];
  const places: NamedPlace[] = [
    { owner, place: pod.spec, names: specNames, others: OTHER_SPEC_FIELDS },
    { owner, place: pod.securityContext, names: Object.keys(POD_FIELDS_BY_NAME), others: Object.keys(CONTAINER_ONLY) },
  ];
  for (const container of pod.containers) {
    const { ref, securityContext } = container;
    const names = Object.keys(CONTAINER_FIELDS_BY_NAME);
    const who = `The ${describeContainer(container)}`;
    places.push({ owner: who, place: ref, names: ['securityContext'], others: [] });
    places.push({ owner: who, place: securityContext, names, others: Object.keys(POD_ONLY), container });
    places.push({ owner: who, place: securityContext.get('capabilities'), names: ['add', 'drop'], others: [] });
  }
  for (const { ref, container } of getSecurityContexts(pod)) {
    for (const field of ['seccompProfile', 'appArmorProfile']) {
      const place = ref.get(field);
      places.push({ owner: describeOwner(pod, container), place, names: PROFILE_FIELDS, others: [] });
    }
  }
  return places;
}
