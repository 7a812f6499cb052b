import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { toAccount } from './_example';

const ENFORCE_ANNOTATION = 'kubernetes.io/enforce-mountable-secrets';

/** The minor in which the annotation was deprecated. */
const DEPRECATED_SINCE = 32;

export default defineRule({
  id: 'service-account-secrets-listed',
  category: 'service-account',
  title: 'Secrets listed at a ServiceAccount',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/service-accounts', 'k8s/service-account-tokens'],
  docs: {
    what: `A ServiceAccount lists Secrets, or asks with \`${ENFORCE_ANNOTATION}\` that its pods use only those.`,
    why: 'The list once named the account’s tokens. Today it grants nothing, and it holds nobody back but for the annotation, which is deprecated since Kubernetes 1.32. It reads like a protection and is none.',
    remedy:
      'Remove both. To keep Secrets apart, put them into namespaces of their own. `imagePullSecrets` is another field and stays. OpenShift writes into this list by itself: switch the rule off for files that come from there.',
    flags: toAccount('web', 'secrets:\n  - name: web-token\n'),
    passes: toAccount('web', 'imagePullSecrets:\n  - name: registry\n'),
  },
  visit: {
    *resource(resource, { settings }) {
      const { kind, group, root, metadata } = resource;
      if (kind !== 'ServiceAccount' || group !== '') return;
      const annotation = metadata.get('annotations', ENFORCE_ANNOTATION);
      const secrets = root.get('secrets');
      const isEnforced = annotation.isPresent && annotation.string === 'true';
      if (isEnforced && settings.kubernetesMinor < DEPRECATED_SINCE) return;
      if (!isEnforced && (annotation.isUnknown || secrets.items().length === 0)) return;
      const operations: Operation[] = secrets.isWritten ? [{ op: 'remove', at: secrets }] : [];
      if (isEnforced) operations.push({ op: 'remove', at: annotation, upTo: 1 });
      yield {
        at: isEnforced ? annotation : secrets,
        ...(isEnforced && annotation.keySpan && { span: annotation.keySpan }),
        message: isEnforced
          ? `${describeResource(resource)} keeps its pods to the Secrets that it lists; the annotation for this is deprecated since Kubernetes 1.32.`
          : `${describeResource(resource)} lists Secrets, which gives its pods nothing and keeps nothing from them.`,
        fixes: [
          { title: isEnforced ? 'Remove the annotation and the list' : 'Remove secrets', safety: 'unsafe', operations },
        ],
      };
    },
  },
});
