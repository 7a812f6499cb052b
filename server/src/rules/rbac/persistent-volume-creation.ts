import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import type { Ref } from '../../syntax/ref';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { findNamed } from './_words';

const CLAIMS = 'persistentvolumeclaims';

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
    *policyRule(rule, context) {
      for (const report of reportDanger(rule, context, DANGERS['persistent-volume-creation'])) {
        yield { ...report, fixes: [...toClaimFixes(rule, report.at), ...(report.fixes ?? [])] };
      }
    },
  },
});

function toClaimFixes(rule: PolicyRule, at: Ref): Fix[] {
  if (findNamed(rule.resources, [CLAIMS]).length > 0) return [];
  const operations = [{ op: 'set', at, value: CLAIMS } as const];
  return [{ title: `Grant it on ${CLAIMS} instead`, safety: 'unsafe', operations }];
}
