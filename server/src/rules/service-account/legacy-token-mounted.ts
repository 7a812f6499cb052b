import type { Fix } from '../../engine/operation';
import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { getVolumes, type Volume } from '../../model/kubernetes/pod-volumes';
import { TOKEN_SECRET_TYPE } from '../../model/workspace/account-facts';
import type { Ref } from '../../syntax/ref';
import { describeOwner } from '../pod-security/_words';
import { toPod } from './_example';
import { findTokenSecret, type LegacyToken, readGeneratedName, toProjectedFixes } from './_legacy';
import { DEFAULT_TOKEN_PATH, getMountPaths } from './_token-volumes';

const toExample = (type: string) => `apiVersion: v1
kind: Secret
metadata:
  name: web-token
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: web
type: ${type}
---
${toPod('serviceAccountName: web\nautomountServiceAccountToken: false\nvolumes:\n  - name: token\n    secret:\n      secretName: web-token')}`;

export default defineRule({
  id: 'legacy-token-mounted',
  category: 'service-account',
  title: 'Pod uses a token that never expires',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/service-account-tokens', 'nsa/service-account-tokens', 'cis/5.1.6'],
  docs: {
    what: `A pod mounts, or reads into its environment, a Secret of type \`${TOKEN_SECRET_TYPE}\`.`,
    why: 'What lies in that Secret is a token without an end. Whoever reads it in one container acts as the account from anywhere, long after the pod is gone.',
    remedy:
      'Mount a projected volume instead: its token belongs to the pod, expires and is renewed. The fix writes one that holds the same files, where the token is one of the pod’s own account. A token of another account has no such replacement: run the pod as that account.',
    flags: toExample(TOKEN_SECRET_TYPE),
    passes: toExample('Opaque'),
  },
  visit: {
    *pod(pod, context) {
      for (const volume of getVolumes(pod)) yield* judgeVolume(volume, pod, context);
      for (const { ref } of pod.containers) {
        const names = [
          ...ref
            .get('env')
            .items()
            .map((entry) => entry.get('valueFrom', 'secretKeyRef', 'name')),
          ...ref
            .get('envFrom')
            .items()
            .map((entry) => entry.get('secretRef', 'name')),
        ];
        for (const at of names) {
          const token = findTokenSecret(at, pod, context);
          if (token) yield toReport(at, pod, token, []);
        }
      }
    },
  },
});

function* judgeVolume(volume: Volume, pod: PodTemplate, context: RuleContext): Iterable<Report> {
  const sources = volume.ref.get('projected', 'sources').items();
  const names = [volume.ref.get('secret', 'secretName'), ...sources.map((source) => source.get('secret', 'name'))];
  for (const at of names) {
    const isAtDefault = getMountPaths(pod, volume).includes(DEFAULT_TOKEN_PATH);
    const token = findTokenSecret(at, pod, context) ?? (isAtDefault ? readGeneratedName(at) : undefined);
    if (token) yield toReport(at, pod, token, toProjectedFixes(volume, pod, token));
  }
}

function toReport(at: Ref, pod: PodTemplate, { account, known }: LegacyToken, fixes: readonly Fix[]): Report {
  const whose = account === undefined ? 'a token' : `a token of ServiceAccount "${account}"`;
  const name = at.string ?? '';
  return {
    at,
    message: `${describeOwner(pod, undefined)} uses ${whose} that never expires, from Secret "${name}".`,
    related: known ? [{ place: known.place, message: `Secret "${name}" is of type ${TOKEN_SECRET_TYPE}.` }] : [],
    fixes,
  };
}
