import { defineRule } from '../../engine/rule';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { editDistance } from '../../text/distance';
import { toPodExample } from './_pod-example';
import { getTextSpan } from './_span';

const ANNOTATION = 'eks.amazonaws.com/skip-containers';
const toExample = (name: string) => toPodExample({ metadata: `annotations:\n  ${ANNOTATION}: ${name}\n` });

export default defineRule({
  id: 'irsa-skip-containers-unknown',
  category: 'irsa',
  title: 'Annotation skip-containers names no container',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-pod-configuration'],
  docs: {
    what: `The annotation \`${ANNOTATION}\` names a container that the pod does not have.`,
    why: 'The container that is meant gets the token and the role of the account after all, and nothing says so.',
    remedy: 'Write the names of containers or init containers as the pod has them, with commas between them.',
    flags: toExample('raeder'),
    passes: toExample('reader'),
  },
  visit: {
    *pod({ metadata, containers, isFragment }) {
      const at = metadata.get('annotations', ANNOTATION);
      const text = at.isPresent ? getLiteral(at) : undefined;
      if (text === undefined || hasPlaceholder(text) || isFragment) return;
      const known = containers.map(({ name }) => name);
      if (!known.every((name): name is string => name !== undefined)) return;
      const names = text.split(',').map((name) => name.trim());
      const wrong = names.filter((name) => name !== '' && !known.includes(name));
      const [first] = wrong;
      if (first === undefined) return;
      const meant = known.find((name) => editDistance(first, name, 2) <= 2);
      const value = names.map((name) => (name === first ? meant : name)).join(',');
      yield {
        at,
        span: getTextSpan(at),
        message: `The pod has no container ${wrong.map((name) => `"${name}"`).join(', ')}, so none is left out.`,
        fixes:
          meant === undefined
            ? []
            : [{ title: `Change it to "${meant}"`, safety: 'unsafe', operations: [{ op: 'set', at, value }] }],
      };
    },
  },
});
