import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'custom-resource-definition-writable',
  category: 'rbac',
  title: 'CustomResourceDefinitions can be written',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule of a ClusterRole grants writing or deleting CustomResourceDefinitions.',
    why: 'Whoever deletes a definition deletes every object of its kind. Whoever changes one drops its validation, or names a conversion webhook that reads and rewrites the objects, the rules of a policy engine for example.',
    remedy:
      'Let the installer write the definitions, and name those that a program upgrades itself in `resourceNames`. Where the role is only bound in namespaces it grants nothing on them and is a note.',
    flags: toClusterRole(toRule('apiextensions.k8s.io', 'customresourcedefinitions', 'get, update')),
    passes: toClusterRole(
      toRule('apiextensions.k8s.io', 'customresourcedefinitions', 'get, update', 'books.example.com'),
    ),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['custom-resource-definition-writable']),
  },
});
