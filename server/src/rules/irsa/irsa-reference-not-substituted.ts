import type { Fix } from '../../engine/operation';
import { defineRule, type Report } from '../../engine/rule';
import { areKeysSubstituted, getTemplateNames, isSubText, listSubNames } from '../../model/iam/cloudformation';
import { getLiteral } from '../../model/iam/placeholder';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { toTemplateExample } from './_examples';
import { getKeySpan, getTextSpan } from './_span';
import { isKubernetesGrant } from './_statement';

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/5C1F0A9B7D3E42869F1D2C3B4A596877';

export default defineRule({
  id: 'irsa-reference-not-substituted',
  category: 'irsa',
  title: 'CloudFormation reference that is left as text',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role', 'aws/iam-condition-operators'],
  docs: {
    what: 'A trust policy in a CloudFormation template holds `${Name}` of a parameter or resource where CloudFormation does not fill it in.',
    why: 'Only text under `Fn::Sub` (`!Sub`) is filled in, and only values can be: a condition key never is. The policy then asks for a key of the name `${Provider}:sub`, which no token has, and pods are refused with "Not authorized to perform sts:AssumeRoleWithWebIdentity".',
    remedy:
      'Put `Fn::Sub` before a value. For keys, write the whole policy as JSON text under `AssumeRolePolicyDocument: !Sub |`, or write the host and id of the provider out.',
    flags: toTemplateExample('${Provider}:sub'),
    passes: toTemplateExample(`${PROVIDER}:sub`),
  },
  visit: {
    *trustStatement(statement) {
      const isName = getTemplateNames(statement.ref);
      if (!isName || !isKubernetesGrant(statement) || areKeysSubstituted(statement.policy.root)) return;
      yield* judgeKeys(statement, isName);
      for (const at of [...statement.federated, ...statement.conditions.flatMap(({ values }) => values)]) {
        const text = getLiteral(at);
        const name = text === undefined || isSubText(at) ? undefined : listSubNames(text).find(isName);
        if (text === undefined || name === undefined) continue;
        const message = `"${name}" is not filled in here: only text under Fn::Sub is, so the policy holds "${text}" as it stands.`;
        yield { at, span: getTextSpan(at), message, fixes: toFixes(at, text) };
      }
    },
  },
});

function* judgeKeys({ conditions }: TrustStatement, isName: (name: string) => boolean): Iterable<Report> {
  for (const { ref, key } of conditions) {
    const name = listSubNames(key).find(isName);
    if (name === undefined && !isTagged(ref)) continue;
    const reason = isTagged(ref) ? 'a key cannot be a function' : `"${name}" is not filled in in a key`;
    const message = `The condition key "${key}" matches no token: CloudFormation takes keys as they stand, and ${reason}.`;
    yield { at: ref, span: getKeySpan(ref), message };
  }
}

/** True for a key with a tag such as `!Sub` before it. */
function isTagged({ keySpan, tree }: Ref): boolean {
  if (!keySpan || tree.language !== 'yaml') return false;
  return /![A-Za-z]+\s+$/.test(tree.text.slice(Math.max(0, keySpan.start - 20), keySpan.start));
}

function toFixes(at: Ref, text: string): Fix[] {
  return [
    { title: 'Fill it in with Fn::Sub', safety: 'unsafe', operations: [{ op: 'set', at, value: { 'Fn::Sub': text } }] },
  ];
}
