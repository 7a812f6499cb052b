/** What stands in an example beside its frame; each part is lines without indentation. */
export interface ExampleParts {
  /** Below `metadata`. */
  readonly metadata?: string;
  /** Below `spec`. */
  readonly spec?: string;
  /** Below the pod's `securityContext`. */
  readonly podSecurity?: string;
  /** Below the only container. */
  readonly container?: string;
  /** Below the container's `securityContext`. */
  readonly security?: string;
}

/** A short Pod with nothing in it but what the example is about. */
export function toPlainPod(parts: ExampleParts): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
${indent(parts.metadata, 2)}spec:
${indent(parts.spec, 2)}${under('securityContext', parts.podSecurity, 2)}  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${indent(parts.container, 6)}${under('securityContext', parts.security, 6)}`;
}

/** A Pod with which no rule finds fault, and what the example adds to it. */
export function toHardenedPod(parts: ExampleParts = {}): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
${indent(parts.metadata, 2)}spec:
  automountServiceAccountToken: false
${indent(parts.spec, 2)}  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    seccompProfile:
      type: RuntimeDefault
${indent(parts.podSecurity, 4)}  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${indent(parts.container, 6)}      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
${indent(parts.security, 8)}      resources:
        requests:
          cpu: 100m
          memory: 128Mi
        limits:
          memory: 128Mi
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
`;
}

/** An example in a namespace that enforces a level, for a check that a stricter one takes the place of. */
export function inNamespace(level: string, version: string, pod: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: ${level}
    pod-security.kubernetes.io/enforce-version: ${version}
---
${pod.replace('  name: web\n', '  name: web\n  namespace: shop\n')}`;
}

function indent(lines: string | undefined, width: number): string {
  if (!lines) return '';
  return `${lines.trim().replace(/^(?=.)/gm, ' '.repeat(width))}\n`;
}

function under(key: string, lines: string | undefined, width: number): string {
  return lines ? `${indent(`${key}:`, width)}${indent(lines, width + 2)}` : '';
}
