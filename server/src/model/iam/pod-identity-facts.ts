import type { Ref } from '../../syntax/ref';
import type { Resource } from '../kubernetes/resource';
import type { Fact } from '../workspace/fact';
import { getLiteral, hasPlaceholder } from './placeholder';
import { toSubject } from './subject';

/** An association of EKS Pod Identity, as far as it says who gets a role. */
export interface PodIdentityAssociation {
  readonly namespace: Ref;
  readonly account: Ref;
}

/** Controllers that make associations of objects, by what their groups begin with, with the route of its properties. */
const CONTROLLERS: readonly (readonly [group: RegExp, properties: readonly string[]])[] = [
  [/^eks\.services\.k8s\.aws$/, ['spec']],
  [/^eks\.aws(\.m)?\.(crossplane|upbound)\.io$/, ['spec', 'forProvider']],
];

/**
 * Who gets a role by EKS Pod Identity: the associations that objects of ACK and Crossplane, templates of CloudFormation and files of
 * Terraform make. Those of eksctl are read with its accounts.
 */
export function readPodIdentityFacts(root: Ref, resources: readonly Resource[]): Fact[] {
  return listAssociations(root, resources).flatMap(({ namespace, account }) => {
    const [ns, name] = [getLiteral(namespace), getLiteral(account)];
    if (ns === undefined || name === undefined || hasPlaceholder(ns) || hasPlaceholder(name)) return [];
    const value = { namespace: ns, name };
    return [{ topic: 'pod-identity', key: toSubject(value), value, path: account.path }];
  });
}

/** The associations that a document makes, but for those of eksctl. */
export function listAssociations(root: Ref, resources: readonly Resource[]): PodIdentityAssociation[] {
  return [...resources.flatMap(readObject), ...readTemplate(root), ...readTerraform(root)];
}

function readObject({ kind, group, root }: Resource): PodIdentityAssociation[] {
  if (kind !== 'PodIdentityAssociation') return [];
  const [, properties] = CONTROLLERS.find(([pattern]) => pattern.test(group)) ?? [];
  const of = properties && root.get(...properties);
  return of ? [{ namespace: of.get('namespace'), account: of.get('serviceAccount') }] : [];
}

function readTemplate(root: Ref): PodIdentityAssociation[] {
  return root
    .get('Resources')
    .entries()
    .flatMap(([, resource]) => {
      if (resource.get('Type').string !== 'AWS::EKS::PodIdentityAssociation') return [];
      const properties = resource.get('Properties');
      return [{ namespace: properties.get('Namespace'), account: properties.get('ServiceAccount') }];
    });
}

/** Resources, and the inputs of terraform-aws-modules/eks-pod-identity. */
function readTerraform(root: Ref): PodIdentityAssociation[] {
  const made = root.get('resource', 'aws_eks_pod_identity_association').entries();
  const modules = root.get('module').entries();
  const inputs = modules.flatMap(([, module]) => {
    const defaults = module.get('association_defaults');
    return module
      .get('associations')
      .entries()
      .map(([, one]) => ({ one, defaults }));
  });
  const of = (one: Ref, defaults: Ref, key: string) => (one.get(key).isWritten ? one.get(key) : defaults.get(key));
  return [
    ...made.map(([, one]) => ({ namespace: one.get('namespace'), account: one.get('service_account') })),
    ...inputs.map(({ one, defaults }) => ({
      namespace: of(one, defaults, 'namespace'),
      account: of(one, defaults, 'service_account'),
    })),
  ];
}
