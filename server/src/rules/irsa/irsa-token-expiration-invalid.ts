import { defineRule, type Report } from '../../engine/rule';
import { TOKEN_EXPIRATION, TOKEN_EXPIRATION_ANNOTATION } from '../../model/iam/annotations';
import type { Ref } from '../../syntax/ref';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const { min, max } = TOKEN_EXPIRATION;
const toExample = (value: string) =>
  `${toAccountExample('production', 's3-reader', 's3-reader')}    ${TOKEN_EXPIRATION_ANNOTATION}: "${value}"\n`;

export default defineRule({
  id: 'irsa-token-expiration-invalid',
  category: 'irsa',
  title: 'Token expiration that is not used as written',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-pod-configuration', 'aws/irsa-associate-role'],
  docs: {
    what: `The annotation \`${TOKEN_EXPIRATION_ANNOTATION}\` is not a whole number of seconds between ${min} and ${max}.`,
    why: `What is not a number is ignored, and tokens live for ${max} seconds, a whole day. What is too small or too large is not what pods get either. No error says so.`,
    remedy: `Write a number of seconds from ${min} (ten minutes) to ${max} (a day), in quotes: annotations are strings.`,
    flags: toExample('1h'),
    passes: toExample('3600'),
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (group !== '' || (kind !== 'ServiceAccount' && kind !== 'Pod')) return;
      yield* judge(metadata.get('annotations', TOKEN_EXPIRATION_ANNOTATION));
    },
    *pod({ resource, metadata }) {
      if (resource.kind !== 'Pod') yield* judge(metadata.get('annotations', TOKEN_EXPIRATION_ANNOTATION));
    },
  },
});

function* judge(at: Ref): Iterable<Report> {
  const text = at.isPresent ? at.scalar?.text : undefined;
  if (text === undefined) return;
  const seconds = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  if (seconds !== undefined && seconds >= min && seconds <= max) return;
  const value = String(Math.min(max, Math.max(min, seconds ?? toSeconds(text) ?? max)));
  const consequence =
    seconds === undefined
      ? `is no whole number of seconds, so it is ignored and tokens live for ${max} seconds`
      : seconds < min
        ? `is too short: tokens live for ${min} seconds at least`
        : `is too long: EKS gives no token for more than ${max} seconds`;
  yield {
    at,
    span: getTextSpan(at),
    message: `A token expiration of "${text}" ${consequence}.`,
    fixes: [
      {
        title: `Set "${value}"`,
        safety: seconds === undefined ? 'unsafe' : 'safe',
        operations: [{ op: 'set', at, value }],
      },
    ],
  };
}

/** The seconds of a duration such as `1h`, `90m` or `3600s`, as other fields of Kubernetes take them. */
function toSeconds(text: string): number | undefined {
  const [, amount, unit = ''] = /^\s*(\d+)\s*(s|m|h|d)?[a-z]*\s*$/i.exec(text) ?? [];
  const factor = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
