import { toAccountExample } from './_examples';

/** A ServiceAccount with a role and a pod that runs as it, with further lines of its spec and of its container, for examples. */
export function toPodExample(parts: {
  readonly container?: string;
  readonly spec?: string;
  readonly metadata?: string;
  readonly account?: string;
}): Readonly<Record<string, string>> {
  const { container = '', spec = '', metadata = '', account = 's3-reader' } = parts;
  const named = account === '' ? '' : `  serviceAccountName: ${account}\n`;
  return {
    'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
    'pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: reader
  namespace: production
${indent(metadata, 2)}spec:
${named}${indent(spec, 2)}  containers:
    - name: reader
      image: registry.example.com/reader:1.4.2
${indent(container, 6)}`,
  };
}

function indent(lines: string, width: number): string {
  return lines.replace(/^(?=.)/gm, ' '.repeat(width));
}
