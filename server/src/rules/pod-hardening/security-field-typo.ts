import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Container, describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';
import { CONTAINER_FIELDS_BY_NAME, CONTAINER_ONLY, POD_FIELDS_BY_NAME, POD_ONLY, SPEC_FIELDS_BY_NAME } from './_fields';
import { getNearestName } from './_near';
import { toTmpOperations } from './_tmp';

const PROFILE_FIELDS = ['type', 'localhostProfile'];

/** Fields of a pod's spec that look like a security field of ours and are something else. */
const OTHER_SPEC_FIELDS = ['hostname', 'hostAliases', 'hostnameOverride', 'serviceAccountName', 'serviceAccount'];

export default defineRule({
  id: 'security-field-typo',
  category: 'pod-hardening',
  title: 'Misspelt security field',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/security-context', 'cis/5.6.3'],
  docs: {
    what: 'A field of a security context, or a field that decides about a pod’s security, is misspelt: `readonlyRootFilesystem`, `runAsNonroot`, `allowPriviledgeEscalation`.',
    why: 'The API server drops fields that it does not know, and capital letters count. Whoever reads the file believes that the setting holds; in the cluster it does not.',
    remedy:
      'Take the spelling that the fix offers. The setting takes effect from then on, perhaps for the first time, so try it out.',
    flags: toPlainPod({ security: 'allowPriviledgeEscalation: false' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const { owner, place, names, others, container } of getPlaces(pod)) {
        for (const key of place.keys()) {
          const name = others.includes(key) ? undefined : getNearestName(key, names);
          const at = place.get(key);
          if (name === undefined || !at.keySpan) continue;
          const isReadOnlyRoot = name === 'readOnlyRootFilesystem' && at.boolean === true;
          const tmp = container && isReadOnlyRoot ? toTmpOperations(container) : [];
          const operations: Operation[] = [{ op: 'rename', at, key: name }, ...tmp];
          yield {
            at,
            span: at.keySpan,
            message: `${owner} has the field "${key}", which the API does not know and drops. It looks like a misspelt "${name}".`,
            fixes: place.get(name).isWritten ? [] : [{ title: `Write ${name}`, safety: 'unsafe', operations }],
          };
        }
      }
    },
  },
});

interface NamedPlace {
  readonly owner: string;
  readonly place: Ref;
  readonly names: readonly string[];
  /** Keys that are no misspelling: they are right, or another rule speaks of them. */
  readonly others: readonly string[];
  readonly container?: Container;
}

function getPlaces(pod: PodTemplate): NamedPlace[] {
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
    places.push({ owner: who, place: securityContext.get('seccompProfile'), names: PROFILE_FIELDS, others: [] });
    places.push({ owner: who, place: securityContext.get('appArmorProfile'), names: PROFILE_FIELDS, others: [] });
  }
  const profile = pod.securityContext.get('seccompProfile');
  return [...places, { owner, place: profile, names: PROFILE_FIELDS, others: [] }];
}
