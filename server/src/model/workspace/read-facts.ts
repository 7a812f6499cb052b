import type { Tree } from '../../syntax/node';
import { Ref } from '../../syntax/ref';
import { getMeantAnnotation, ROLE_ARN_ANNOTATION } from '../iam/annotations';
import { readEksctlFacts } from '../iam/eksctl-facts';
import { readPodIdentityFacts } from '../iam/pod-identity-facts';
import { readTrustPolicies } from '../iam/read-trust-policies';
import { toTrustPolicyFact } from '../iam/trust-policy-fact';
import { getPodTemplates, type PodTemplate } from '../kubernetes/pod';
import type { PodRoute } from '../kubernetes/pod-routes';
import { getEffectiveNamespace, type Resource, readResources, readStringMap } from '../kubernetes/resource';
import { readAccountFacts, readAutomount } from './account-facts';
import { readDataFacts } from './data-facts';
import { readHoldings } from './definition-facts';
import { readDeploymentTargetFacts } from './deployment-target-facts';
import type { Fact } from './fact';
import { readImageFacts } from './image-facts';
import { readNetworkFacts } from './network-facts';
import { readNetworkPolicyFacts } from './network-policy-facts';
import { readLimitRangeFacts, readQuotaFacts } from './quota-facts';
import { readRbacFacts } from './rbac-facts';
import { readNameFacts } from './reference-facts';
import { readSecretVolumeFacts } from './secret-volume-facts';
import type { WorkloadFact } from './topics';

/** What a document says to the rest of the workspace, and how many objects it holds. */
export function readFacts(tree: Tree, podRoutes?: readonly PodRoute[]): { facts: Fact[]; resources: number } {
  const resources = readResources(tree);
  const facts = resources.flatMap((resource) => {
    const pods = getPodTemplates(resource, podRoutes);
    const volumes = pods.flatMap(readSecretVolumeFacts);
    return [...readResourceFacts(resource, pods[0]), ...readNetworkFacts(resource, pods), ...volumes];
  });
  const root = tree.isReliable ? Ref.root(tree) : undefined;
  if (root) facts.push(...readDeploymentTargetFacts(root), ...readHoldings(root, resources));
  if (root) facts.push(...readPodIdentityFacts(root, resources));
  facts.push(...readImageFacts(tree));
  const policies = readTrustPolicies(tree);
  for (const policy of policies) {
    const value = toTrustPolicyFact(policy);
    if (value) facts.push({ topic: 'trust-policy', key: 'all', value, path: policy.root.path });
  }
  facts.push(...readDataFacts(tree, resources, podRoutes));
  facts.push(...readNameFacts(tree, resources, policies, podRoutes));
  return { facts, resources: resources.length + policies.length };
}

function readResourceFacts(resource: Resource, pod: PodTemplate | undefined): Fact[] {
  const path = resource.root.path;
  const namespace = getEffectiveNamespace(resource);
  if (pod && namespace !== undefined) {
    return [{ topic: 'workload', key: namespace, value: toWorkloadFact(pod, namespace), path }];
  }
  if (resource.kind === 'Namespace' && resource.group === '' && resource.name !== undefined) {
    const { name } = resource;
    const map = resource.metadata.get('labels');
    const unknownLabels = map.entries().flatMap(([key, value]) => (value.isUnknown ? [key] : []));
    const value = { name, labels: readStringMap(map), unknownLabels };
    return [{ topic: 'namespace', key: name, value, path }];
  }
  if (
    resource.kind === 'ServiceAccount' &&
    resource.group === '' &&
    resource.name !== undefined &&
    namespace !== undefined
  ) {
    const written = resource.metadata.get('annotations');
    const annotations = readStringMap(written);
    const value = {
      name: resource.name,
      namespace,
      isNamespaceWritten: resource.namespace !== undefined,
      roleArn: annotations[ROLE_ARN_ANNOTATION],
      isRoleAbsent: isRoleAbsent(written),
      audience: annotations['eks.amazonaws.com/audience'],
      automount: readAutomount(resource.root),
    };
    return [{ topic: 'service-account', key: namespace, value, path }];
  }
  return [
    ...readAccountFacts(resource),
    ...readEksctlFacts(resource),
    ...readLimitRangeFacts(resource),
    ...readQuotaFacts(resource),
    ...readNetworkPolicyFacts(resource),
    ...readRbacFacts(resource),
  ];
}

function isRoleAbsent(annotations: Ref): boolean {
  if (!annotations.get(ROLE_ARN_ANNOTATION).isAbsent) return false;
  return !annotations.keys().some((key) => getMeantAnnotation(key) === ROLE_ARN_ANNOTATION);
}

function toWorkloadFact(pod: PodTemplate, namespace: string): WorkloadFact {
  const { resource, spec } = pod;
  const account = spec.get('serviceAccountName').isWritten
    ? spec.get('serviceAccountName')
    : spec.get('serviceAccount');
  return {
    kind: resource.kind,
    name: resource.name,
    namespace,
    isNamespaceWritten: resource.namespace !== undefined,
    labels: readStringMap(pod.metadata.get('labels')),
    serviceAccount: account.isUnknown ? undefined : (account.string ?? 'default'),
    isHostNetwork: spec.get('hostNetwork').boolean === true,
    specPath: spec.path,
  };
}
