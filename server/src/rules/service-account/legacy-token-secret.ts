import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { TOKEN_SECRET_TYPE } from '../../model/workspace/account-facts';
import { toObjectKey } from '../../model/workspace/reference-topics';
import { toRemovalFixes } from './_legacy';

const MAX_USERS = 5;

const toExample = (type: string) => `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: deployer
type: ${type}
`;

export default defineRule({
  id: 'legacy-token-secret',
  category: 'service-account',
  title: 'Token that never expires',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/service-account-tokens', 'nsa/service-account-tokens', 'k8s/secrets-good-practices'],
  docs: {
    what: `A Secret of type \`${TOKEN_SECRET_TYPE}\` has the control plane make a token for a ServiceAccount.`,
    why: 'Such a token has no end, no audience and no pod to which it is bound: whoever copies it acts as the account for good, until somebody deletes the Secret. Everyone who may read Secrets in the namespace can copy it. Kubernetes has not made these Secrets by itself since 1.24.',
    remedy:
      'In a pod, use the token that Kubernetes mounts, or a projected volume with `serviceAccountToken`; both are short-lived and renewed. Outside the cluster, ask for a token with `kubectl create token`, or log in by OIDC. When nothing uses it any more, remove this Secret from the files and from the cluster: the fix does the former, and writes projected volumes in place of those that hold it where their pods run as its account. It is not offered where something here uses the Secret in another way, and what uses it outside of these files it cannot know.',
    flags: toExample(TOKEN_SECRET_TYPE),
    passes: toExample('Opaque'),
  },
  visit: {
    *resource(resource, context) {
      const { kind, group, root, metadata, name = '', namespace } = resource;
      const at = root.get('type');
      if (kind !== 'Secret' || group !== '' || at.string !== TOKEN_SECRET_TYPE) return;
      const account = metadata.get('annotations', 'kubernetes.io/service-account.name');
      const whose = account.isPresent && account.string ? ` of ServiceAccount "${account.string}"` : '';
      const users = context.workspace
        .find('reference', toObjectKey({ kind: 'Secret', name }))
        .filter(({ value }) => value.namespace === namespace);
      yield {
        at,
        message: `${describeResource(resource)} holds a token${whose} that never expires.`,
        related: users.slice(0, MAX_USERS).map(({ place }) => ({ place, message: 'It is used here.' })),
        fixes: account.isUnknown ? [] : toRemovalFixes(resource, account.string, context),
      };
    },
  },
});
