import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { ROLE_ARN } from '../../model/iam/role';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const EXAMPLE = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-role-arn-invalid',
  category: 'irsa',
  title: 'Annotation holds no ARN of a role',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'The annotation `eks.amazonaws.com/role-arn` of a ServiceAccount is not the ARN of an IAM role.',
    why: 'EKS passes the text on as it stands, with no more than a line in the log of its webhook. AWS then refuses every call of the pods.',
    remedy:
      'Write `arn:<partition>:iam::<12 digits>:role/<path and name>`, as `aws iam get-role` shows it. The ARN of an instance profile, a policy or an assumed role (`sts`) is another thing. A bare name works only where the webhook runs with `--compose-role-arn`.',
    flags: EXAMPLE.replace('iam::', 'iam:'),
    passes: EXAMPLE,
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (kind !== 'ServiceAccount' || group !== '') return;
      const at = metadata.get('annotations', ROLE_ARN_ANNOTATION);
      const text = at.isPresent ? getLiteral(at) : undefined;
      // An empty text asks for no role; charts write it where none is given.
      if (text === undefined || text.trim() === '' || ROLE_ARN.test(text) || hasPlaceholder(text)) return;
      const value = toRoleArn(text);
      yield {
        at,
        span: getTextSpan(at),
        message: `"${text}" is not the ARN of an IAM role: ${getFault(text)}.`,
        fixes:
          value === undefined
            ? []
            : [{ title: `Change it to ${value}`, safety: 'unsafe', operations: [{ op: 'set', at, value }] }],
      };
    },
  },
});

function getFault(text: string): string {
  if (text !== text.trim()) return 'it begins or ends with a blank';
  if (!text.startsWith('arn:')) return 'that begins with "arn:"';
  const [, , service = '', region = '', account = '', rest = ''] = text.split(':');
  if (service === 'sts') return 'this is a session of one (sts), the role itself has "iam" there';
  if (service !== 'iam') return `"${service}" stands where "iam" should`;
  if (region !== '' && /^\d{12}$/.test(account)) return `it names the region "${region}", and roles are of none`;
  if (/^\d{12}$/.test(account) && rest === 'role') return 'a slash and no colon comes behind "role"';
  if (toRoleArn(text) !== undefined && !/^\d{12}$/.test(account))
    return 'the account is twelve digits after two colons';
  if (!/^\d{12}$/.test(account)) return `"${account}" is not an account of twelve digits`;
  const [type = ''] = rest.split('/');
  return type === 'role'
    ? 'the name is missing, or has letters that no role can have'
    : `it is that of a thing of kind "${type}"`;
}

/** The ARN that is meant where only blanks, colons, a region or the account's hyphens are wrong, or where it is that of a session. */
function toRoleArn(text: string): string | undefined {
  const trimmed = text.trim().replace(/\s+/g, '');
  const [, session] = /^arn:aws[a-z0-9-]*:sts::\d{12}:assumed-role\/([^/]+)\//.exec(trimmed) ?? [];
  if (session !== undefined) return trimmed.replace(':sts:', ':iam:').replace(/assumed-role\/.*$/, `role/${session}`);
  const [, partition, account, rest] =
    /^arn:(aws[a-z0-9-]*):iam:[a-z0-9-]*?:*([\d-]{12,16}):role[/:](.+)$/.exec(trimmed) ?? [];
  if (partition === undefined || account === undefined) return ROLE_ARN.test(trimmed) ? trimmed : undefined;
  const arn = `arn:${partition}:iam::${account.replaceAll('-', '')}:role/${rest}`;
  return ROLE_ARN.test(arn) ? arn : undefined;
}
