import { defineRule } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { toPodExample } from './_pod-example';

export default defineRule({
  id: 'irsa-service-account-unused',
  category: 'irsa',
  title: 'ServiceAccount with a role that no pod uses',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  isDefault: false,
  standards: ['aws/irsa-pod-configuration'],
  docs: {
    what: 'A ServiceAccount is annotated with a role, and no workload of the workspace runs as it, although workloads of its namespace are here.',
    why: 'A role that nobody uses is still there to be taken: whoever may make pods in the namespace can have it.',
    remedy:
      'Name the account in `serviceAccountName` of the pods that need the role, or remove account and role. Off unless it is turned on, because charts and operators make pods that no file shows.',
    flags: toPodExample({ account: '' }),
    passes: toPodExample({}),
  },
  visit: {
    *resource({ kind, group, name, namespace, metadata }, { workspace }) {
      if (kind !== 'ServiceAccount' || group !== '' || name === undefined || namespace === undefined) return;
      const role = metadata.get('annotations', ROLE_ARN_ANNOTATION);
      if (!role.isPresent || !role.string) return;
      const workloads = workspace.find('workload', namespace);
      const isOpen = workloads.some(({ value }) => value.serviceAccount === undefined || value.serviceAccount === name);
      const elsewhere = workspace.find('workload', 'default');
      const mayBe = elsewhere.some(({ value }) => !value.isNamespaceWritten && value.serviceAccount === name);
      if (workloads.length === 0 || isOpen || mayBe) return;
      yield {
        at: metadata.get('name'),
        message: `No workload here runs as "${name}", which has an IAM role.`,
      };
    },
  },
});
