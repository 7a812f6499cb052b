import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getRoleName } from '../../model/iam/role';
import { toDedicatedAccountFixes } from './_dedicated-account';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

export default defineRule({
  id: 'irsa-default-service-account',
  category: 'irsa',
  title: 'IAM role on the default service account',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.5', 'aws/eks-identity-best-practices'],
  docs: {
    what: 'The ServiceAccount `default` of a namespace is annotated with an IAM role.',
    why: 'Every pod that names no account runs as `default`. All of them get the role, those that other people or charts put into the namespace later included.',
    remedy:
      'Make a ServiceAccount of its own for the workload, annotate that one, name it in `serviceAccountName` of the pods, and put it into the trust policy in place of `default`. The fix does all of it where one workload alone runs as `default`.',
    flags: toAccountExample('production', 'default', 's3-reader'),
    passes: toAccountExample('production', 's3-reader', 's3-reader'),
  },
  visit: {
    *resource(resource, context) {
      const { kind, group, name, namespace, metadata } = resource;
      if (kind !== 'ServiceAccount' || group !== '' || name !== 'default') return;
      const at = metadata.get('annotations', ROLE_ARN_ANNOTATION);
      if (!at.isPresent || at.string === undefined || at.string.trim() === '') return;
      const roleArn = at.string;
      const where = namespace === undefined ? 'its namespace' : `namespace "${namespace}"`;
      yield {
        at,
        span: getTextSpan(at),
        message: `Every pod of ${where} that names no other ServiceAccount gets the role "${getRoleName(roleArn) ?? roleArn}".`,
        fixes:
          namespace === undefined
            ? []
            : toDedicatedAccountFixes({ namespace, roleArn, object: resource.root, annotation: at }, context),
      };
    },
  },
});
