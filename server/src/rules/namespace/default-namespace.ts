import { defineRule, type RuleContext } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { toHardenedPod } from '../pod-security/_example';
import { LEVEL_REVEALS } from './_labels';

/** Kinds that hold what an application is made of. Policies of the namespace `default` itself are welcome there. */
const KINDS: ReadonlySet<string> = new Set([
  '/Pod',
  '/ReplicationController',
  '/Service',
  '/ServiceAccount',
  '/ConfigMap',
  '/Secret',
  '/PersistentVolumeClaim',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
  'batch/CronJob',
  'networking.k8s.io/Ingress',
]);
/** Objects that every cluster has in `default`. */
const OWN: ReadonlySet<string> = new Set([
  'Service/kubernetes',
  'ServiceAccount/default',
  'ConfigMap/kube-root-ca.crt',
]);
const MAX_OFFERS = 3;
/** Another namespace asks for another level of its pods, and may have no policies. */
const PLACE_REVEALS = [...LEVEL_REVEALS, 'default-deny-missing', 'pod-not-isolated'];

export default defineRule({
  id: 'default-namespace',
  category: 'namespace',
  title: 'Namespace "default" used',
  severity: 'info',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['cis/5.6.4'],
  docs: {
    what: 'An object is put into the namespace `default`; or it names no namespace in a file that makes a Namespace for it.',
    why: 'What nobody has placed lands in `default`, so that everything there is neighbour to everything: one network policy, one Pod Security level, one quota and one set of rights for things that have nothing to do with each other.',
    remedy:
      'Give each application a Namespace and name it in `metadata.namespace`. Nothing is said of objects without a namespace where kustomize, Flux or Argo CD chooses one, nor of those in a file without a Namespace: the command that applies them may name one.',
    flags: toHardenedPod().replace('  name: web\n', '  name: web\n  namespace: default\n'),
    passes: toHardenedPod().replace('  name: web\n', '  name: web\n  namespace: shop\n'),
  },
  visit: {
    *resource(resource, context) {
      const { kind, name } = resource;
      if (!KINDS.has(`${resource.group}/${kind}`) || OWN.has(`${kind}/${name}`) || name === undefined) return;
      const at = resource.metadata.get('namespace');
      const made = at.isPresent ? [] : listMade(context);
      const isDefault = at.isPresent && at.string === 'default';
      if (isDefault && isReplaced(context)) return;
      if (!isDefault && (!at.isAbsent || made.length === 0 || isPlacedElsewhere(context))) return;
      const message = isDefault
        ? `${describeResource(resource)} is put into the namespace "default".`
        : `${describeResource(resource)} names no namespace, although this file makes "${made.join('", "')}": it lands in "default" unless the command that applies it says otherwise.`;
      yield { at, message, fixes: toFixes(resource, isDefault ? listKnown(context) : made) };
    },
  },
});

function toFixes({ metadata }: Resource, namespaces: readonly string[]) {
  return namespaces.slice(0, MAX_OFFERS).map((value) => ({
    title: `Set namespace: ${value}`,
    safety: 'unsafe' as const,
    operations: [{ op: 'set' as const, at: metadata.get('namespace'), value }],
    reveals: PLACE_REVEALS,
  }));
}

/** The Namespaces that the file itself makes. */
function listMade({ workspace, uri }: RuleContext): string[] {
  return workspace
    .all('namespace')
    .flatMap((known) => (known.uri === uri && isOwn(known.value.name) ? known.value.name : []));
}

function listKnown({ workspace }: RuleContext): string[] {
  return [...new Set(workspace.all('namespace').map(({ value }) => value.name))].filter(isOwn);
}

function isOwn(name: string): boolean {
  return name !== 'default' && !name.startsWith('kube-');
}

function isPlacedElsewhere({ workspace }: RuleContext): boolean {
  return workspace.find('deployment-target', 'all').length > 0;
}

/** True where kustomize, from a folder around the file or beside it, may put another namespace in the place of the one written. */
function isReplaced({ workspace, uri }: RuleContext): boolean {
  return workspace.find('deployment-target', 'all').some((target) => {
    // Overlays lie two folders down from what they share a base with: overlays/production/kustomization.yaml.
    const around = target.uri.split('/').slice(0, -3).join('/');
    return target.value.replacesNamespaces && uri.startsWith(`${around}/`);
  });
}
