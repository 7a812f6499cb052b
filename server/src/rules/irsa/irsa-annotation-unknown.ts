import { defineRule, type Report } from '../../engine/rule';
import {
  ACCOUNT_ANNOTATIONS,
  ANNOTATION_PREFIX,
  getMeantAnnotation,
  POD_ANNOTATIONS,
  ROLE_ARN_ANNOTATION,
} from '../../model/iam/annotations';
import type { Ref } from '../../syntax/ref';
import { toAccountExample } from './_examples';
import { getKeySpan } from './_span';

const EXAMPLE = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-annotation-unknown',
  category: 'irsa',
  title: 'EKS annotation that nothing reads here',
  severity: 'info',
  confidence: 'medium',
  fixable: 'never',
  standards: ['aws/irsa-associate-role', 'aws/irsa-pod-configuration'],
  docs: {
    what: 'A ServiceAccount or pod has an annotation that begins with `eks.amazonaws.com/`, but that the webhook of EKS does not read there.',
    why: 'It is kept and has no effect, so the pods are not what the manifest says.',
    remedy: `Of a ServiceAccount it reads ${list(ACCOUNT_ANNOTATIONS)}; of a pod ${list(POD_ANNOTATIONS)}. Move the annotation, or remove it.`,
    flags: `${EXAMPLE}    eks.amazonaws.com/skip-containers: sidecar\n`,
    passes: EXAMPLE,
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (kind !== 'ServiceAccount' || group !== '') return;
      yield* judge(metadata.get('annotations'), ACCOUNT_ANNOTATIONS, POD_ANNOTATIONS, 'a ServiceAccount', 'pods');
    },
    *pod({ metadata }) {
      yield* judge(metadata.get('annotations'), POD_ANNOTATIONS, ACCOUNT_ANNOTATIONS, 'a pod', 'ServiceAccounts');
    },
  },
});

function* judge(
  annotations: Ref,
  known: readonly string[],
  others: readonly string[],
  here: string,
  there: string,
): Iterable<Report> {
  for (const [name, at] of annotations.entries()) {
    if (!name.startsWith(ANNOTATION_PREFIX) || known.includes(name)) continue;
    // A misspelt annotation, and a role where none is read, have rules of their own.
    if (getMeantAnnotation(name) !== undefined || name === ROLE_ARN_ANNOTATION) continue;
    if (here === 'a pod' && !others.includes(name)) continue;
    const where = others.includes(name) ? `: it is read from ${there}` : '';
    yield { at, span: getKeySpan(at), message: `EKS does not read "${name}" on ${here}${where}.` };
  }
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
