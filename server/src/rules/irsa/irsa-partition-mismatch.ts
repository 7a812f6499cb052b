import type { Fix } from '../../engine/operation';
import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import { getPartition, getPartitionOfRegion, getRegionOfProvider } from '../../model/iam/arn';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { getProviderOfArn } from '../../model/iam/provider';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toExactPolicyExample } from './_examples';
import { toHost, toHostFixes } from './_partition';
import { getRoleArn } from './_principal';
import { getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

const CHINA = toExactPolicyExample('system:serviceaccount:production:s3-reader')
  .replaceAll('eu-west-1.amazonaws.com/', 'cn-north-1.amazonaws.com.cn/')
  .replace('arn:aws:', 'arn:aws-cn:');

export default defineRule({
  id: 'irsa-partition-mismatch',
  category: 'irsa',
  title: 'ARN of another partition than the cluster',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/iam-principal', 'aws/irsa-associate-role'],
  docs: {
    what: 'The ARN of the provider, the region in its name and the ARN of the role are not of one partition (`aws`, `aws-cn`, `aws-us-gov`, …), or the host lacks the ending of its region.',
    why: 'A partition is an AWS of its own. Nothing of one can trust anything of another: AWS refuses the policy, or no token ever comes from that provider.',
    remedy:
      'Use the partition of the region everywhere: `aws-cn` and `amazonaws.com.cn` in China, `aws-us-gov` in GovCloud, `aws` in public regions. The audience is `sts.amazonaws.com` in all of them.',
    flags: CHINA.replace('arn:aws-cn:', 'arn:aws:'),
    passes: CHINA,
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      for (const at of statement.federated) {
        const text = getLiteral(at);
        const report = text === undefined || hasPlaceholder(text) ? undefined : judge(statement, at, text, context);
        if (report) yield report;
      }
    },
  },
});

function judge(statement: TrustStatement, at: Ref, text: string, context: RuleContext): Report | undefined {
  const provider = getProviderOfArn(text) ?? '';
  const region = getRegionOfProvider(provider);
  const written = getPartition(text);
  const span = getTextSpan(at);
  if (region !== undefined && written !== undefined && getPartitionOfRegion(region) !== written) {
    const partition = getPartitionOfRegion(region);
    const value = text.replace(/^arn:[^:]*:/, `arn:${partition}:`);
    const message = `"${region}" is a region of the partition "${partition}", and the ARN says "${written}".`;
    const fixes: Fix[] = [
      { title: `Change the partition to "${partition}"`, safety: 'unsafe', operations: [{ op: 'set', at, value }] },
    ];
    return { at, span, message, fixes };
  }
  const host = toHost(provider, region);
  if (host !== undefined) {
    const message = `The provider of a cluster in "${region}" is called "${host}", with the ending of its region.`;
    return { at, span, message, fixes: toHostFixes(statement, at, text, provider, host) };
  }
  const role = getPartition(getRoleArn(statement.policy, context));
  if (role === undefined || written === undefined || role === written) return undefined;
  const message = `The role is of the partition "${role}" and its provider of "${written}": neither can trust the other.`;
  return { at, span, message };
}
