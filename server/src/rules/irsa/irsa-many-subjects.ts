import { defineRule } from '../../engine/rule';
import { parseSubject } from '../../model/iam/subject';
import { listSubjects } from '../../model/iam/subjects';
import { toTrustPolicyFact } from '../../model/iam/trust-policy-fact';
import { Ref } from '../../syntax/ref';
import { toExactPolicyExample } from './_examples';
import { getTextSpan } from './_span';

/** More accounts, or more namespaces, than a role that was made for one workload has. */
const MAX_ACCOUNTS = 5;
const MAX_NAMESPACES = 2;

const EXACT = toExactPolicyExample('system:serviceaccount:production:s3-reader');

export default defineRule({
  id: 'irsa-many-subjects',
  category: 'irsa',
  title: 'One role for many service accounts',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  standards: ['aws/eks-identity-best-practices'],
  docs: {
    what: `A trust policy names more than ${MAX_ACCOUNTS} service accounts, or accounts of more than ${MAX_NAMESPACES} namespaces.`,
    why: 'Each of them has all that any of them needs. If one workload is taken over, the data of all the others is open too, and the logs of AWS show one role for all.',
    remedy:
      'Give each workload a role of its own, with what it needs. Accounts of one workload can share one. A note and no warning, because some roles are shared on purpose.',
    flags: EXACT.replace(
      '"system:serviceaccount:production:s3-reader"',
      '["system:serviceaccount:shop:web", "system:serviceaccount:billing:api", "system:serviceaccount:search:job"]',
    ),
    passes: EXACT,
  },
  visit: {
    *trustPolicy(policy) {
      const fact = toTrustPolicyFact(policy);
      const named = fact ? listSubjects(fact) : [];
      const accounts = new Map(named.flatMap(({ text, subject }) => (subject ? [[text, subject] as const] : [])));
      const namespaces = new Set([...accounts.values()].map(({ namespace }) => namespace));
      const [first] = named.filter(({ text }) => parseSubject(text));
      if (!first || (accounts.size <= MAX_ACCOUNTS && namespaces.size <= MAX_NAMESPACES)) return;
      const at = Ref.root(policy.root.tree).get(...first.path);
      const where = namespaces.size === 1 ? 'one namespace' : `${namespaces.size} namespaces`;
      yield {
        at,
        span: getTextSpan(at),
        message: `${accounts.size} service accounts of ${where} have this role, so each of them can do what any of them needs.`,
      };
    },
  },
});
