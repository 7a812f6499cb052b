import { defineRule, type Report } from '../../engine/rule';
import { isNarrowed } from '../../model/kubernetes/rbac';
import type { Ref } from '../../syntax/ref';
import { toClusterRole, toRule } from './_example';
import { findGrant, toRemovalFix } from './_grants';
import { toNarrowBindingFixes } from './_narrow-binding';
import { toReach } from './_reach';
import { describeNamed, describeRole, describeScope } from './_words';

interface Way {
  readonly resource: string;
  /** Verbs that open it; a WebSocket is opened by a GET. */
  readonly verbs: readonly string[];
  readonly severity: NonNullable<Report['severity']>;
  readonly allows: string;
}

const WAYS: readonly Way[] = [
  {
    resource: 'pods/exec',
    verbs: ['get', 'create'],
    severity: 'warning',
    allows: 'run commands in running containers',
  },
  {
    resource: 'pods/attach',
    verbs: ['get', 'create'],
    severity: 'warning',
    allows: 'read from and write to running processes',
  },
  {
    resource: 'pods/ephemeralcontainers',
    verbs: ['update', 'patch'],
    severity: 'warning',
    allows: 'start debug containers in running pods',
  },
  {
    resource: 'pods/portforward',
    verbs: ['get', 'create'],
    severity: 'info',
    allows: 'connect to ports of pods past all network policies',
  },
  ...['pods/proxy', 'services/proxy'].map(
    (resource) =>
      ({
        resource,
        verbs: ['get', 'create', 'update', 'patch', 'delete'],
        severity: 'info',
        allows: 'send HTTP requests to ports of pods past all network policies',
      }) as const,
  ),
];

export default defineRule({
  id: 'pods-exec-granted',
  category: 'rbac',
  title: 'Access into running pods',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule grants `pods/exec`, `pods/attach`, `pods/ephemeralcontainers`, `pods/portforward`, or the `proxy` of pods or Services, by name or as `*/exec`.',
    why: 'Whoever gets into a running container has all it has: its Secrets, its service account, its place in the network. `get` is as good as `create` here, because the connection may be opened as a WebSocket.',
    remedy:
      'Remove the resource. Keep such access in a role of its own that people get for a time when they need it, in the namespace they need it for. Programs that copy files or run backups through `exec` can usually do the same with a sidecar or a Job. `pods/portforward` and the proxies are a note, and so is any of them in a Role or where the role is only bound in namespaces.',
    flags: toClusterRole(toRule('', 'pods, pods/exec', 'get, create')),
    passes: toClusterRole(toRule('', 'pods, pods/log', 'get, list')),
  },
  visit: {
    *policyRule(rule, context) {
      if (isNarrowed(rule)) return;
      const told = new Set<Ref>();
      for (const { resource, verbs, severity, allows } of WAYS) {
        const at = findGrant(rule, { group: '', resources: [resource], verbs })?.resources[0];
        // The proxies of pods and of Services are one wildcard.
        if (!at || told.has(at)) continue;
        told.add(at);
        yield {
          at,
          ...toReach(rule, context, severity),
          message: `${describeRole(rule)} grants ${describeNamed(at, resource)}: its holder can ${allows}, ${describeScope(rule)}.`,
          fixes: [
            toRemovalFix(rule, 'resources', [at]),
            ...(severity === 'info' ? [] : toNarrowBindingFixes(rule, context)),
          ],
        };
      }
    },
  },
});
