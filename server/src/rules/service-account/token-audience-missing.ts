import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeVolume } from '../../model/kubernetes/pod-volumes';
import { toTokenPod } from './_example';
import {
  AWS_TOKEN_PATH,
  DEFAULT_TOKEN_PATH,
  getMountPaths,
  getProjectedTokens,
  type ProjectedToken,
} from './_token-volumes';

export default defineRule({
  id: 'token-audience-missing',
  category: 'service-account',
  title: 'Token for somebody else without an audience',
  severity: 'info',
  confidence: 'low',
  fixable: 'sometimes',
  standards: ['k8s/service-account-tokens', 'nsa/service-account-tokens'],
  docs: {
    what: 'A projected `serviceAccountToken` that is mounted beside the usual place names no `audience`.',
    why: 'Without an audience the token is one for the API server. Whoever it is shown to, a secret store or a cloud, could turn round and use it on the cluster with every right of the account.',
    remedy:
      'Name the receiver in `audience`, as it expects to be named: Vault its role’s `audience`, AWS `sts.amazonaws.com`. Volumes that hold the cluster’s CA beside the token, or are mounted where the token for the API server belongs, are meant for the API server and are not reported.',
    flags: toTokenPod('path: token\n'),
    passes: toTokenPod('path: token\naudience: vault\n'),
  },
  visit: {
    *pod(pod) {
      for (const found of getProjectedTokens(pod)) {
        const { token, volume } = found;
        const at = token.get('audience');
        const paths = getMountPaths(pod, volume);
        if (!at.isAbsent || paths.length === 0 || isForApiServer(found, paths)) continue;
        yield {
          at,
          message: `The token in ${describeVolume(volume)} names no audience, so it is one for the API server: whoever receives it can use it there.`,
          fixes: toFixes(found, paths),
        };
      }
    },
  },
});

/** The cluster's CA serves only to talk to the API server. */
function isForApiServer({ projected }: ProjectedToken, paths: readonly string[]): boolean {
  const sources = projected.get('sources').items();
  const hasCa = sources.some((source) => source.get('configMap', 'name').string?.endsWith('-root-ca.crt'));
  return hasCa || paths.some((path) => /kube|k8s/i.test(path) || path === DEFAULT_TOKEN_PATH);
}

/** The audience is a matter of the receiver; it is offered where the place of the token says who that is. */
function toFixes({ token, volume }: ProjectedToken, paths: readonly string[]): Fix[] {
  const value = paths.includes(AWS_TOKEN_PATH)
    ? 'sts.amazonaws.com'
    : [...paths, volume.name ?? ''].some((text) => /\bvault\b/i.test(text))
      ? 'vault'
      : undefined;
  if (value === undefined) return [];
  const operations = [{ op: 'set', at: token.get('audience'), value }] as const;
  return [{ title: `Set audience: ${value}`, safety: 'unsafe', operations }];
}
