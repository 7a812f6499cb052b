import { defineRule, type Report } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { findOtherSecrets, type OtherSecret } from './_other-fields';
import { toOtherFixes } from './_other-fix';
import { findUnreadSecrets } from './_unread';
import { atHolder, BY_VALUE, ROTATE, toSeverity } from './_words';

const toExample = (password: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
  namespace: shop
spec:
  chart:
    spec:
      chart: shop
      sourceRef:
        kind: HelmRepository
        name: shop
  values:
    db:
      user: web
      password: ${password}
`;

export default defineRule({
  id: 'secret-in-other-field',
  category: 'secrets',
  title: 'Secret in another place',
  severity: 'error',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A password, key or token stands in a custom resource, in a generator of a kustomization, or in the values or a template of a Helm chart.',
    why: 'Whoever can read the file or its history has the secret, and so has everyone who may read the object: custom resources are no Secrets, and RBAC rules seldom keep people from reading them.',
    remedy: `${ROTATE} Most charts and operators take the name of a Secret in place of the value (\`existingSecret\`, \`secretKeyRef\`, \`valuesFrom\`); kustomize reads the values of a generator from a file that is not committed, or leave the Secret to an operator of your secret store. The fix takes variables of custom resources (\`env\`), values of a Flux HelmRelease and substitutions of a Flux Kustomization from a Secret, into which you have to put the value. Elsewhere there is none: parameters of an Argo CD Application and literals of kustomize know no reference to a Secret, and which values of a chart name one, only the chart knows. In a template, which cannot be read, only formats that cannot be mistaken are looked for.

${BY_VALUE}`,
    flags: toExample('tR7#kq9Lw2vX'),
    passes: toExample('${DB_PASSWORD}'),
  },
  visit: {
    unread: judgeUnread,
    *document(root, { uri }) {
      for (const other of findOtherSecrets(root, uri)) {
        const { name, found, resource, path } = other;
        const at = root.get(...path);
        const where = resource ? describeResource(resource) : 'This file';
        const label = name ?? found.name;
        yield {
          ...atHolder(at),
          severity: toSeverity(found),
          ...(resource && { resource }),
          message: `${where} holds ${found.label} in plain text${label === undefined ? '' : `, under "${label}"`}${toLine(other, at)}.`,
          fixes: toOtherFixes(other, root),
        };
      }
    },
  },
});

/** Without its own words for where: what renders to what is not known. */
function* judgeUnread(root: Ref): Iterable<Report> {
  // What is only wrong while it is typed is read a moment later.
  if (!root.tree.problems.some(({ kind }) => kind === 'template')) return;
  for (const { found, span } of findUnreadSecrets(root.tree.text)) {
    const message = `This template holds ${found.label} in plain text: whoever can read the file or its history has it.`;
    yield { at: root, span, message };
  }
}

function toLine({ found }: OtherSecret, at: Ref): string {
  const text = at.string ?? '';
  return text.trimEnd().includes('\n') ? ` (line ${text.slice(0, found.start).split('\n').length} of its value)` : '';
}
