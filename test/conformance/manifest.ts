/** What a case adds to a Pod that every check passes; each part is YAML of its own, without indentation. */
export interface PodParts {
  readonly annotations?: string;
  readonly spec?: string;
  readonly podSecurity?: string;
  readonly container?: string;
  readonly security?: string;
  /** Replaces `drop: [ALL]`. */
  readonly capabilities?: string;
  /** Replaces `runAsNonRoot: true`. */
  readonly runAsNonRoot?: string;
  /** Replaces the pod's seccomp profile. */
  readonly seccomp?: string;
  /** Replaces the container's `allowPrivilegeEscalation: false`. */
  readonly escalation?: string;
}

/** Indents every line that is not empty. */
export function indent(text: string, width: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(width));
}

/** Metadata and spec of a Pod that restricted admits in every version, but for what the parts say. */
export function toPodBody(parts: PodParts = {}): string {
  const {
    annotations,
    spec = '',
    podSecurity = '',
    container = '',
    security = '',
    capabilities = 'drop: [ALL]',
    runAsNonRoot = 'runAsNonRoot: true',
    seccomp = 'seccompProfile: {type: RuntimeDefault}',
    escalation = 'allowPrivilegeEscalation: false',
  } = parts;
  return `metadata:
  name: web
${annotations ? `  annotations:\n${indent(annotations, 4)}\n` : ''}spec:
${indent(spec, 2)}
  securityContext:
${indent([runAsNonRoot, seccomp, podSecurity].join('\n'), 4)}
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${indent(container, 6)}
      securityContext:
${indent([escalation, security].join('\n'), 8)}
        capabilities:
${indent(capabilities, 10)}
`;
}

/** A Pod with these parts. */
export function toPod(parts: PodParts = {}): string {
  return `apiVersion: v1\nkind: Pod\n${toPodBody(parts)}`;
}

/** A container of its own that every check passes, as an item of a list. */
export function toContainer(name: string, security = ''): string {
  return `- name: ${name}
  image: registry.example.com/${name}:1.0.0
  securityContext:
    allowPrivilegeEscalation: false
    capabilities: {drop: [ALL]}
${indent(security, 4)}`;
}

/** The same pod in an object of another kind. */
export function toWorkload(apiVersion: string, kind: string, route: readonly string[], body: string): string {
  const lines = route.map((key, depth) => indent(`${key}:`, depth * 2));
  const labelled = body.replace('  name: web\n', '  name: web\n  labels: {app: web}\n');
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\n${lines.join('\n')}\n${indent(labelled, route.length * 2)}`;
}
