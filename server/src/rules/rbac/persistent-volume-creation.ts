import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'persistent-volume-creation',
  category: 'rbac',
  title: 'PersistentVolumes can be created',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.9', 'k8s/rbac-persistent-volumes'],
  docs: {
    what: 'A rule of a ClusterRole grants `create` on PersistentVolumes.',
    why: 'A PersistentVolume may be a `hostPath`: a directory of a node, the root included. Pod Security Standards forbid such volumes in pods, but not pods that claim one through a PersistentVolumeClaim.',
    remedy:
      'Let programs claim storage with PersistentVolumeClaims and a StorageClass. Only the provisioner of a storage driver makes volumes.',
    flags: toClusterRole(toRule('', 'persistentvolumes', 'get, create')),
    passes: toClusterRole(
      toRule('', 'persistentvolumeclaims', 'get, create'),
      toRule('', 'persistentvolumes', 'get, list'),
    ),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['persistent-volume-creation']),
  },
});
