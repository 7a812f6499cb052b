import { defineRule, type Report } from '../../engine/rule';
import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';

const GROUP = 'pod-security.admission.config.k8s.io';
// The controllers that make pods: whoever may make a Deployment, Job and so on makes pods through them.
const POD_MAKER = /^system:serviceaccount:kube-system:(replicaset|replication|statefulset|daemon-set|job)-controller$/;
const MAX_NAMESPACES = 10;

const toExample = (usernames: string) => `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: PodSecurity
    configuration:
      apiVersion: ${GROUP}/v1
      kind: PodSecurityConfiguration
      defaults:
        enforce: baseline
        enforce-version: latest
      exemptions:
        usernames: ${usernames}
        namespaces:
          - kube-system
`;

export default defineRule({
  id: 'admission-exemption-broad',
  category: 'namespace',
  title: 'Broad exemption from Pod Security',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/pod-security-admission', 'cis/5.2.1'],
  docs: {
    what: 'The configuration of Pod Security Admission exempts so much that its levels can be walked around.',
    why: 'An exemption is not judged at all, not even with a warning. Most pods are made by controllers: who exempts the controller exempts everybody who may make a workload. A runtime class that is exempt lets every pod through that names it. A namespace that is exempt has no level, whatever its labels say.',
    remedy:
      'Exempt only namespaces of the cluster’s own agents, in which nobody else may make pods, and give all others a level by their labels. Names are compared whole: `*` is no pattern here.',
    flags: toExample('[system:serviceaccount:kube-system:replicaset-controller]'),
    passes: toExample('[]'),
  },
  visit: {
    *resource(resource) {
      for (const configuration of getConfigurations(resource)) {
        const exemptions = configuration.get('exemptions');
        for (const user of getKnown(exemptions.get('usernames'))) yield* judgeUser(user);
        for (const runtimeClass of getKnown(exemptions.get('runtimeClasses'))) {
          const message = `Every pod that names the runtime class "${runtimeClass.string}" is exempt from Pod Security, whoever makes it.`;
          yield toReport(runtimeClass, message);
        }
        yield* judgeNamespaces(exemptions.get('namespaces'));
      }
    },
  },
});

function getConfigurations({ kind, group, root }: Resource): readonly Ref[] {
  if (kind === 'PodSecurityConfiguration' && group === GROUP) return [root];
  if (kind !== 'AdmissionConfiguration' || group !== 'apiserver.config.k8s.io') return [];
  const plugins = root.get('plugins').items();
  return plugins.flatMap((plugin) => (plugin.get('name').string === 'PodSecurity' ? plugin.get('configuration') : []));
}

function getKnown(list: Ref): readonly Ref[] {
  return list.items().filter((item) => !item.isUnknown && item.string !== undefined);
}

function* judgeUser(user: Ref): Iterable<Report> {
  const name = user.string;
  if (name === undefined) return;
  if (POD_MAKER.test(name)) {
    yield toReport(user, `"${name}" makes the pods of others: with it exempt, whoever may make a workload is exempt.`);
  } else if (name === 'system:anonymous') {
    yield toReport(user, `"${name}" is everybody who has not signed in: their pods are exempt from Pod Security.`);
  } else if (name.includes('*')) {
    yield toReport(user, `"${name}" exempts nobody: usernames are compared whole, and "*" is no pattern here.`);
  }
}

function* judgeNamespaces(list: Ref): Iterable<Report> {
  const names = getKnown(list);
  for (const name of names) {
    if (name.string?.includes('*')) {
      yield toReport(name, `"${name.string}" is no name of a namespace: the API server refuses this configuration.`);
    } else if (name.string === 'default') {
      yield toReport(name, 'The namespace "default", in which everybody’s pods land, is exempt from Pod Security.');
    }
  }
  if (names.length <= MAX_NAMESPACES) return;
  const message = `${names.length} namespaces are exempt from Pod Security, whatever their labels say: give them a level by labels.`;
  yield { at: list, message, severity: 'info' };
}

function toReport(at: Ref, message: string): Report {
  const fix = { title: 'Remove the exemption', safety: 'unsafe' as const, operations: [{ op: 'remove' as const, at }] };
  return { at, message, fixes: [fix] };
}
