import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';

/** A Service with these lines in its spec, for the examples of rules. */
export function toServiceExample(spec: string, annotations = ''): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
${annotations}spec:
  selector: { app: web }
${spec.replace(/^(?=.)/gm, '  ')}
  ports:
    - port: 443
`;
}

/** An Ingress for one host, with these lines in its spec and metadata. */
export function toIngressExample(host: string, spec = '', annotations = ''): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
${annotations}spec:
${spec.replace(/^(?=.)/gm, '  ')}  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port: { number: 80 }
`;
}

/** TLS for that host. */
export const TLS = 'tls:\n  - hosts: [web.example.com]\n    secretName: web-tls\n';

/** True for a Service of the core API. */
export function isService({ kind, group }: Resource): boolean {
  return kind === 'Service' && group === '';
}

/** True for an Ingress, of the group in which it began too. */
export function isIngress({ kind, group }: Resource): boolean {
  return kind === 'Ingress' && (group === 'networking.k8s.io' || group === 'extensions');
}

/** Annotations with their keys; undefined where some may be written that are not known here. */
export function getAnnotations({ metadata }: Resource): readonly (readonly [string, Ref])[] | undefined {
  const annotations = metadata.get('annotations');
  const entries = annotations.entries();
  return annotations.isUnknown || entries.some(([, value]) => value.isUnknown) ? undefined : entries;
}
