import { defineRule } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { toExactPolicyExample } from './_examples';
import { findLeftovers, toFillFixes } from './_leftover';
import { getKeySpan, getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-placeholder-left',
  category: 'irsa',
  title: 'Placeholder left in a trust policy',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'A trust policy still holds a word that stands for an id in documentation: `ACCOUNT_ID`, `CLUSTER_ID`, `REGION`, `EXAMPLE…`, `XXXXX`, `<…>`.',
    why: 'AWS refuses an ARN without a real account, and a provider or key with such a word in it is that of no cluster: pods are refused, with no hint at the reason. Substitutions that a tool makes (`${…}`, `{{ … }}`, `%s`) are not meant.',
    remedy:
      'Fill the id in, in the principal and in every key. `aws eks describe-cluster --query cluster.identity.oidc.issuer` shows the provider. Where all other policies of the workspace trust the same cluster, the fix takes it from there.',
    flags: EXACT.replace('111122223333', 'ACCOUNT_ID'),
    passes: EXACT,
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement)) return;
      const federated = statement.federated.find((at) => findLeftovers(getLiteral(at) ?? '').length > 0);
      const keys = statement.conditions.filter(({ key }) => findLeftovers(key).length > 0);
      const values = statement.conditions.flatMap((one) => one.values);
      const value = values.find((at) => findLeftovers(getLiteral(at) ?? '').length > 0);
      const [key] = keys;
      const at = federated ?? key?.ref ?? value;
      if (!at) return;
      const texts = [...statement.federated, ...values].map((one) => getLiteral(one) ?? '');
      const words = new Set([...texts, ...keys.map((one) => one.key)].flatMap(findLeftovers));
      yield {
        at,
        span: federated || !key ? getTextSpan(at) : getKeySpan(at),
        message: `${toWords([...words])}: no cluster has this provider, account or name.`,
        fixes: value ? [] : toFillFixes(statement, keys, context),
      };
    },
  },
});

const toWords = (words: readonly string[]) =>
  `${words.map((word) => `"${word}"`).join(', ')} ${words.length > 1 ? 'stand' : 'stands'} for something that is not filled in`;
