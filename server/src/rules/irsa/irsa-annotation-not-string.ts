import { defineRule, type Report } from '../../engine/rule';
import { ANNOTATION_PREFIX, TOKEN_EXPIRATION_ANNOTATION } from '../../model/iam/annotations';
import type { Ref } from '../../syntax/ref';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const toExample = (value: string) =>
  `${toAccountExample('production', 's3-reader', 's3-reader')}    ${TOKEN_EXPIRATION_ANNOTATION}: ${value}\n`;

export default defineRule({
  id: 'irsa-annotation-not-string',
  category: 'irsa',
  title: 'EKS annotation that is no string',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'An annotation of EKS is written without quotes, so that YAML reads a number or a boolean.',
    why: 'Annotations are strings. The API server refuses the whole object ("cannot unmarshal number into Go struct field"), and a pipeline that goes on regardless leaves the old one in place.',
    remedy: 'Put the value in quotes.',
    flags: toExample('3600'),
    passes: toExample('"3600"'),
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (group === '' && (kind === 'ServiceAccount' || kind === 'Pod')) yield* judge(metadata.get('annotations'));
    },
    *pod({ resource, metadata }) {
      if (resource.kind !== 'Pod') yield* judge(metadata.get('annotations'));
    },
  },
});

function* judge(annotations: Ref): Iterable<Report> {
  for (const [name, at] of annotations.entries()) {
    const { scalar } = at;
    if (!name.startsWith(ANNOTATION_PREFIX) || !at.isPresent || !scalar || typeof scalar.value === 'string') continue;
    yield {
      at,
      span: getTextSpan(at),
      message: `The value ${scalar.text} of "${name}" is a ${typeof scalar.value}, and annotations have to be strings: the API server refuses the object.`,
      fixes: [
        {
          title: `Write "${scalar.text}" in quotes`,
          safety: 'safe',
          operations: [{ op: 'set', at, value: scalar.text }],
        },
      ],
    };
  }
}
