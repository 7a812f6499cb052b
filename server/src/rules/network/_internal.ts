import type { Resource } from '../../model/kubernetes/resource';
import { getAnnotations } from './_exposed';

/** What an annotation or a class says of a load balancer. `aws` is the controller of AWS, which keeps inside what nobody sends out. */
type Meaning = 'internal' | 'public' | 'restricted' | 'placed' | 'aws' | undefined;

const OTHERS = /metallb|lbipam|kube-vip|cilium|tailscale|porter|purelb|openebs/i;
const OFF = /^(false|0|no|off|)$/i;
const INTERNAL = /^(internal|private|intranet)$/i;
const PUBLIC = /^(internet-facing|external|internet|public)$/i;
const SOURCES =
  /source-ranges|allow-?list|whitelist|allowed-|allow-rules|deny-all|security-group|firewall|prefix-list|-acl-/i;

/** True for a load balancer that is kept off the internet; undefined where that is not known, or some sources alone are let in. */
export function isInternal(resource: Resource): boolean | undefined {
  const found = [
    readClass(resource),
    ...(getAnnotations(resource)?.map(([key, { string }]) => readAnnotation(key, string ?? '')) ?? [
      'restricted' as const,
    ]),
  ];
  if (found.includes('internal')) return true;
  if (found.includes('restricted')) return undefined;
  if (found.includes('public')) return false;
  if (found.includes('placed')) return undefined;
  return found.includes('aws');
}

/** What chooses the load balancer's maker. What others than the clouds make is theirs to judge. */
function readClass({ spec }: Resource): Meaning {
  const name = spec.get('loadBalancerClass');
  if (name.isAbsent) return undefined;
  if (name.isUnknown) return 'restricted';
  if (name.string === 'service.k8s.aws/nlb' || name.string === 'eks.amazonaws.com/nlb') return 'aws';
  return name.string === 'networking.gke.io/l4-regional-external' ? 'public' : 'internal';
}

function readAnnotation(key: string, value: string): Meaning {
  if (OTHERS.test(key)) return 'internal';
  // The names that an object is called by, and over which network the load balancer reaches the nodes.
  if (/^external-dns\.|use-private-ip/i.test(key)) return undefined;
  if (/aws-load-balancer-(type|nlb-target-type)$/.test(key)) return value === 'nlb' ? undefined : 'aws';
  if (INTERNAL.test(value)) return 'internal';
  if (PUBLIC.test(value) && /scheme|type|network/i.test(key)) return 'public';
  if (OFF.test(value)) return undefined;
  if (SOURCES.test(key)) return /(0\.0\.0\.0|::)\/0/.test(value) ? undefined : 'restricted';
  if (/internal|private|disable-public/i.test(key)) return 'internal';
  return /subnet/i.test(key) ? 'placed' : undefined;
}
