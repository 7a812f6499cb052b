import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { getAnnotations } from './_exposed';

/** Annotations by which controllers take TLS from elsewhere. */
const TLS_KEY = /cert|tls|ssl|https|termination/i;
const TLS_VALUE = /(?<!in)secure|\bhttps\b(?!:\/\/)|"443"|:\s*443/i;
/** Those about what stands behind the controller, or asks for a certificate that is made only for what `tls` lists. */
const OTHERS =
  /backend-protocol|secure-backends|proxy-ssl|auth-tls|serverstransport|(^|\.)cert-manager\.io\/|certmanager\.k8s\.io\/|\/tls-acme$/i;
const OFF = /^(false|0|no|off|)$/i;
/** Classes of tunnels, whose far end always speaks TLS. */
const TUNNEL = /cloudflare|ngrok|tailscale/i;

/** Whether TLS of an Ingress ends elsewhere than its `tls` says; undefined where that is not known here. */
export function isTlsElsewhere(resource: Resource): boolean | undefined {
  const annotations = getAnnotations(resource);
  const name = resource.spec.get('ingressClassName');
  if (!annotations || name.isUnknown) return undefined;
  if (TUNNEL.test(name.string ?? '')) return true;
  const hosts = getHosts(resource).flatMap((host) => host.string ?? []);
  return annotations.some(([key, { string = '' }]) => {
    if (key.endsWith('ingress.class')) return TUNNEL.test(string);
    if (key.endsWith('ingress.allow-http')) return string === 'false';
    if (OTHERS.test(key)) return false;
    return (TLS_KEY.test(key) && !OFF.test(string)) || TLS_VALUE.test(string) || isOwnAddress(string, hosts);
  });
}

/** True for a text with an address of TLS at one of the hosts: somebody knows that it answers there. */
function isOwnAddress(text: string, hosts: readonly string[]): boolean {
  return [...text.matchAll(/https:\/\/([^/:?#\s"']+)/g)].some(
    ([, host = '']) => host === '$host' || hosts.includes(host),
  );
}

/** The hosts of the rules of an Ingress, where they are written. */
export function getHosts({ spec }: Resource): Ref[] {
  const hosts = spec
    .get('rules')
    .items()
    .map((item) => item.get('host'));
  return hosts.filter((host) => host.isPresent);
}

/** The hosts that `tls` does not list; none where it leaves open for which it is. */
export function getBareHosts(resource: Resource): { readonly bare: readonly Ref[]; readonly listed: readonly Ref[] } {
  const entries = resource.spec.get('tls').items();
  const lists = entries.map((entry) => entry.get('hosts').items());
  const listed = lists.flat();
  const isOpen = lists.some((list) => list.length === 0) || listed.some((host) => !host.isPresent);
  const names = listed.flatMap(({ string }) => string?.toLowerCase() ?? []);
  const isListed = (host: string) => names.includes(host) || names.includes(host.replace(/^[^.]+/, '*'));
  return {
    bare: isOpen ? [] : getHosts(resource).filter(({ string }) => !isListed(string?.toLowerCase() ?? '')),
    listed,
  };
}
