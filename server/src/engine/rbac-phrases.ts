// What rights are called by people who do not know the API by heart. A subresource or a special verb is often a door to
// something that its name does not say.
import { isImpersonationVerb } from '../standards/rbac-verbs';

interface Phrase {
  readonly group: string;
  readonly resources: readonly string[];
  /** Verbs that open it, the wildcard aside. */
  readonly verbs: readonly string[];
  readonly words: string;
}

const ANY_METHOD = ['get', 'create', 'update', 'patch', 'delete'];

const PHRASES: readonly Phrase[] = [
  { group: '', resources: ['pods/exec'], verbs: ['get', 'create'], words: 'run commands in containers' },
  { group: '', resources: ['pods/attach'], verbs: ['get', 'create'], words: 'attach to the processes of containers' },
  { group: '', resources: ['pods/portforward'], verbs: ['get', 'create'], words: 'connect to any port of pods' },
  {
    group: '',
    resources: ['pods/ephemeralcontainers'],
    verbs: ['update', 'patch'],
    words: 'start debug containers in running pods',
  },
  { group: '', resources: ['pods/log'], verbs: ['get'], words: 'read the logs of pods' },
  { group: '', resources: ['pods/eviction'], verbs: ['create'], words: 'evict pods' },
  { group: '', resources: ['pods/binding', 'bindings'], verbs: ['create'], words: 'put pods onto nodes' },
  {
    group: '',
    resources: ['pods/proxy', 'services/proxy'],
    verbs: ANY_METHOD,
    words: 'send requests to pods and Services through the API server',
  },
  { group: '', resources: ['nodes/proxy'], verbs: ANY_METHOD, words: 'use the whole API of the kubelets' },
  { group: '', resources: ['serviceaccounts/token'], verbs: ['create'], words: 'make tokens of service accounts' },
  {
    group: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    words: 'approve certificate requests of the signers that it may approve for',
  },
  {
    group: 'authentication.k8s.io',
    resources: ['tokenreviews'],
    verbs: ['create'],
    words: 'have the tokens of others checked',
  },
  {
    group: 'authorization.k8s.io',
    resources: ['subjectaccessreviews', 'localsubjectaccessreviews'],
    verbs: ['create'],
    words: 'ask what others may do',
  },
];

/** What a resource with some of these verbs lets its holder do, where there are words for it; undefined for others. */
export function findPhrase(groups: readonly string[], resource: string, verbs: readonly string[]): string | undefined {
  const isGranted = (phrase: Phrase) =>
    phrase.resources.includes(resource) &&
    (groups.includes(phrase.group) || groups.includes('*')) &&
    verbs.some((verb) => verb === '*' || phrase.verbs.includes(verb));
  return PHRASES.find(isGranted)?.words;
}

/** What a special verb lets its holder do with objects; undefined for the verbs that every resource has. */
export function findVerbPhrase(verb: string): ((objects: string) => string) | undefined {
  if (isImpersonationVerb(verb)) return (objects) => `act as ${objects}`;
  return Object.hasOwn(SPECIAL, verb) ? SPECIAL[verb] : undefined;
}

const SPECIAL: Readonly<Record<string, (objects: string) => string>> = {
  escalate: (objects) => `write ${objects} that grant more than it may do itself`,
  bind: (objects) => `bind ${objects} that grant more than it may do itself`,
  approve: (objects) => `approve certificates of ${objects}`,
  sign: (objects) => `issue certificates in the name of ${objects}`,
  use: (objects) => `run pods under ${objects}`,
};
