import { defineRule } from '../../engine/rule';
import { getPolicyRules, toStrings } from '../../model/kubernetes/rbac';
import { isBootstrapClusterRole, RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { describeResource } from '../../model/kubernetes/resource';
import { isAbove } from './_above';
import { describeObjects, toVerbWords } from './_words';

const PREFIX = 'rbac.authorization.k8s.io/aggregate-to-';
const toExample = (target: string, verbs: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: books
  labels:
    app: books
    rbac.authorization.k8s.io/aggregate-to-${target}: "true"
rules:
  - apiGroups: [example.com]
    resources: [books]
    verbs: [${verbs}]
`;

export default defineRule({
  id: 'aggregate-to-default-role',
  category: 'rbac',
  title: 'Default role is widened',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A label adds a ClusterRole to `view`, `edit` or `admin`, and the role grants more than people expect of these: writing, Secrets or ways into pods in `view`, rights over the cluster in `edit` and `admin`.',
    why: 'The control plane adds the rules to the default role, and with it to everybody who has that role anywhere. Nobody who binds `view` thinks of giving away the right to write.',
    remedy:
      'Put what reads into one ClusterRole with the label for `view`, and what writes into another with the label for `edit`. Take the label off a role that is more than that.',
    flags: toExample('view', 'get, list, update'),
    passes: `${toExample('view', 'get, list, watch')}---\n${toExample('edit', 'create, update, patch, delete').replace('books', 'book-writer')}`,
  },
  visit: {
    *resource(resource) {
      const { group, kind, name, metadata } = resource;
      if (group !== RBAC_GROUP || kind !== 'ClusterRole') return;
      if (name !== undefined && isBootstrapClusterRole(name)) return;
      for (const target of ['view', 'edit', 'admin']) {
        const at = metadata.get('labels', `${PREFIX}${target}`);
        if (at.string !== 'true') continue;
        const rule = getPolicyRules(resource).find((one) => isAbove(one, target));
        if (!rule) continue;
        const verbs = toStrings(rule.verbs);
        const what = toVerbWords(verbs);
        yield {
          at,
          message: `${describeResource(resource)} is added to "${target}", so everybody who has that role has ${what} on ${describeObjects(rule)}.`,
          fixes: [
            {
              title: `Remove the label that adds it to ${target}`,
              safety: 'unsafe',
              operations: [{ op: 'remove', at, upTo: 1 }],
            },
          ],
        };
      }
    },
  },
});
