import { defineRule, type Report } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { findSecretInFile } from '../../model/kubernetes/secret-text';
import { type FoundSecret, findSecret } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';
import { atKey, BY_VALUE, ROTATE, toSeverity } from './_words';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const toExample = (annotations: string) => `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
${annotations}spec:
  selector:
    app: web
`;

export default defineRule({
  id: 'secret-in-annotation',
  category: 'secrets',
  title: 'Secret in an annotation',
  severity: 'error',
  confidence: 'medium',
  fixable: 'always',
  standards: ['nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'An annotation contains a password, key or token, or kubectl’s copy of a Secret.',
    why: `Annotations are shown to everyone who may see the object, and tools copy them into logs, events and metrics. \`${LAST_APPLIED}\` on a Secret holds its data once more; it gets into files by \`kubectl get -o yaml\`.`,
    remedy: `${ROTATE} Remove the annotation, and let the controller that reads it take the value from a Secret; most have an annotation for the name of one.

${BY_VALUE}`,
    flags: toExample('    team: shop\n    monitor.example.com/api-token: tR7kq9Lw2vX5mB8z\n'),
    passes: toExample('    team: shop\n    monitor.example.com/api-token-secret-name: monitor\n'),
  },
  visit: {
    *resource(resource) {
      yield* judge(resource.metadata, resource);
    },
    *pod({ metadata, resource }) {
      if (metadata.path.length > resource.metadata.path.length) yield* judge(metadata, resource);
    },
  },
});

function* judge(metadata: Ref, resource: Resource): Iterable<Report> {
  for (const [key, at] of metadata.get('annotations').entries()) {
    const text = at.string;
    const found = text === undefined ? undefined : findInAnnotation(key, text, resource);
    if (!found) continue;
    yield {
      ...atKey(at),
      severity: toSeverity(found),
      message: `The annotation "${key}" of ${describeResource(resource)} holds ${found.label} in plain text.`,
      fixes: [{ title: 'Remove the annotation', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
    };
  }
}

function findInAnnotation(key: string, text: string, { kind, group }: Resource): FoundSecret | undefined {
  const isCopy = key === LAST_APPLIED && kind === 'Secret' && group === '';
  if (isCopy && /"(?:data|stringData)":\{"/.test(text)) {
    return { label: 'a copy of what the Secret holds,', start: 0, isKnownFormat: true };
  }
  // `checksum/secret` and its like change with what they are of, so that pods are rolled.
  const name = /checksum|hash|digest/i.test(key) ? '' : key.slice(key.lastIndexOf('/') + 1);
  return findSecret(name, text) ?? findSecretInFile(text);
}
