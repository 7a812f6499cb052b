import { toPlainPod } from '../pod-security/_example';

/** A ServiceAccount for the examples of rules, with further lines at its top level. */
export function toAccount(name: string, lines = '', metadata = ''): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: shop
${metadata}${lines}`;
}

/** A Pod of the account's namespace with further lines in its spec. */
export function toPod(spec: string): string {
  return toPlainPod({ metadata: 'namespace: shop', spec });
}

/** A Pod with one volume that holds a token for somebody else than the API server. */
export function toTokenPod(token: string, projected = ''): string {
  const lines = `    - name: vault-token\n      projected:\n${projected}        sources:\n          - serviceAccountToken:\n`;
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  automountServiceAccountToken: false
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
      volumeMounts:
        - name: vault-token
          mountPath: /var/run/secrets/vault
          readOnly: true
  volumes:
${lines}${token.replace(/^(?=.)/gm, '              ')}`;
}
