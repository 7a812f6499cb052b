import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkFile, lintText, openProject } from '../harness/lint-text';
import { expandSnippet, listSnippetStops } from '../harness/snippet-expand';
import { parseSnippet } from '../harness/snippet-parse';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** Which languages each file is offered in, and the name under which its expansions are checked. */
const FILES: Readonly<Record<string, { languages: readonly string[]; fileName: string }>> = {
  'dockerfile.json': { languages: ['dockerfile'], fileName: 'Dockerfile' },
  'iam.json': { languages: ['json', 'jsonc'], fileName: 'trust-policy.json' },
  'kubernetes.json': { languages: ['yaml'], fileName: 'manifest.yaml' },
  'workflow.json': { languages: ['yaml'], fileName: 'steps.yaml' },
};

const snippets = Object.keys(FILES).flatMap((file) =>
  Object.entries<Snippet>(read(join('snippets', file))).map(([name, snippet]) => ({ file, name, ...snippet })),
);
const ofFile = (file: string) => snippets.filter((snippet) => snippet.file === file);
const byPrefix = (prefix: string) => {
  const snippet = snippets.find((candidate) => candidate.prefix.includes(prefix));
  if (!snippet) throw new Error(`No snippet has the prefix ${prefix}`);
  return snippet;
};

/** The YAML documents of an expanded snippet as plain values; a syntax error or warning fails the test. */
function toValues(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS();
  });
}
// biome-ignore lint/suspicious/noExplicitAny: the shapes are what these tests establish
const manifestsOf = (prefix: string) => toValues(expandSnippet(byPrefix(prefix).body)) as any[];

describe('the snippet files', () => {
  it('are all listed here and contributed for their languages', () => {
    expect(readdirSync(join(root, 'snippets')).sort()).toEqual(Object.keys(FILES).sort());
    const contributed: { language: string; path: string }[] = read('package.json').contributes.snippets;
    const expected = Object.entries(FILES).flatMap(([file, { languages }]) =>
      languages.map((language) => ({ language, path: `./snippets/${file}` })),
    );
    expect(contributed).toHaveLength(expected.length);
    expect(contributed).toEqual(expect.arrayContaining(expected));
  });

  it('give every snippet a name and prefixes of its own', () => {
    const names = snippets.map(({ name }) => name);
    const prefixes = snippets.flatMap(({ prefix }) => prefix.map((word) => word.toLowerCase()));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe.each(snippets)('$name', ({ file, prefix, description, body }) => {
  const stops = listSnippetStops(body);
  const text = expandSnippet(body);

  it('is found by a bw- prefix and by a plain word, and says what it is', () => {
    expect(prefix).toHaveLength(2);
    expect(prefix[0]).toMatch(/^bw-[a-z-]+$/);
    expect(prefix[1]).toMatch(/^(?!bw-)[A-Za-z-]+$/);
    expect(description).toMatch(/^[A-Z].{30,}\.$/s);
  });

  it('has no tab, no trailing space and no unescaped dollar', () => {
    expect(body.join('\n')).not.toMatch(/\t|[ \t]$/m);
    expect(text).not.toMatch(/[ \t]$/m);
    expect(parseSnippet(body).strayDollars).toEqual([]);
  });

  it('numbers its stops from 1, gives each one default, and ends in $0', () => {
    const numbers = [...new Set(stops.map(({ index }) => index))].sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, at) => at));
    expect(stops.filter(({ index }) => index === 0)).toHaveLength(1);
    for (const number of numbers.slice(1)) {
      expect(stops.filter(({ index, hasDefault }) => index === number && hasDefault)).toHaveLength(1);
    }
  });

  it('expands to text that parses', () => {
    if (file === 'iam.json') expect(() => JSON.parse(text)).not.toThrow();
    else if (file !== 'dockerfile.json') expect(toValues(text).length).toBeGreaterThan(0);
    else expect(text).toMatch(/^FROM [^\n]+\n/);
  });
});

describe('the Kubernetes templates', () => {
  it('name a kind, a version and an object in every document', () => {
    for (const { body } of ofFile('kubernetes.json')) {
      for (const manifest of toValues(expandSnippet(body))) {
        expect(manifest).toMatchObject({
          apiVersion: expect.any(String),
          kind: expect.any(String),
          metadata: { name: expect.stringMatching(/^[a-z0-9-]+$/) },
        });
      }
    }
  });

  it('keep selector and labels of the Deployment equal', () => {
    const [deployment] = manifestsOf('bw-deployment');
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
  });

  it.each([
    ['bw-pod', (pod: { spec: unknown }) => pod.spec],
    ['bw-deployment', (deployment: { spec: { template: { spec: unknown } } }) => deployment.spec.template.spec],
  ])('harden the pod of %s beyond the restricted standard', (prefix, getSpec) => {
    const [manifest] = manifestsOf(prefix);
    expect(getSpec(manifest)).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          image: expect.stringMatching(/:(?!latest$)[\w.-]+$/),
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: {
            requests: { cpu: expect.any(String), memory: expect.any(String) },
            limits: { cpu: expect.any(String), memory: expect.any(String) },
          },
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        },
      ],
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: expect.any(String) } }],
    });
  });

  it('bind the Role that stands beside the RoleBinding', () => {
    const [role, binding] = manifestsOf('bw-role');
    expect(binding.roleRef).toMatchObject({ kind: role.kind, name: role.metadata.name });
    expect(binding.metadata.namespace).toBe(role.metadata.namespace);
    expect(role.rules.flatMap((rule: { verbs: string[] }) => rule.verbs)).toEqual(['get', 'list', 'watch']);
  });

  it('reach DNS through one peer that names both namespace and pods', () => {
    const [policy] = manifestsOf('bw-networkpolicy-allow-dns');
    const [rule] = policy.spec.egress;
    expect(rule.to).toHaveLength(1);
    expect(Object.keys(rule.to[0]).sort()).toEqual(['namespaceSelector', 'podSelector']);
    expect(rule.ports).toEqual([
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ]);
  });

  it('open the same connection on its receiving and on its sending side', () => {
    const [receiving] = manifestsOf('bw-networkpolicy-allow-from-app');
    const [sending] = manifestsOf('bw-networkpolicy-allow-to-app');
    expect(receiving.spec.policyTypes).toEqual(['Ingress']);
    expect(sending.spec.policyTypes).toEqual(['Egress']);
    expect(receiving.spec.ingress[0].from[0].podSelector).toEqual(sending.spec.podSelector);
    expect(sending.spec.egress[0].to[0].podSelector).toEqual(receiving.spec.podSelector);
    expect(receiving.spec.ingress[0].ports).toEqual(sending.spec.egress[0].ports);
  });

  it('name the ConstraintTemplate, its package and its constraint after one kind', () => {
    const [template, constraint] = manifestsOf('bw-constrainttemplate');
    const { kind } = template.spec.crd.spec.names;
    expect(template.metadata.name).toBe(kind.toLowerCase());
    expect(template.spec.targets[0].rego).toContain(`package ${kind.toLowerCase()}\n`);
    expect(constraint.kind).toBe(kind);
    expect(Object.keys(template.spec.crd.spec.validation.openAPIV3Schema.properties)).toEqual(
      Object.keys(constraint.spec.parameters),
    );
  });
});

describe('the other templates', () => {
  it('trust the subject and the audience of the provider that is the principal', () => {
    const [statement] = JSON.parse(expandSnippet(byPrefix('bw-irsa-trust-policy').body)).Statement;
    const issuer = statement.Principal.Federated.split(':oidc-provider/')[1];
    expect(Object.keys(statement.Condition)).toEqual(['StringEquals']);
    expect(Object.keys(statement.Condition.StringEquals).sort()).toEqual([`${issuer}:aud`, `${issuer}:sub`]);
  });

  it('pin every action by its commit and say which version that is', () => {
    const uses = ofFile('workflow.json').flatMap(({ body }) => expandSnippet(body).match(/^.*\buses:.*$/gm) ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('leave no user other than the numeric one as the last of the Dockerfile', () => {
    const users = expandSnippet(byPrefix('bw-dockerfile').body).match(/^USER .*$/gm);
    expect(users?.at(-1)).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
  });
});

describe('linted with their defaults', () => {
  const expanded = (prefix: string) => expandSnippet(byPrefix(prefix).body);
  const toText = (bodies: readonly { body: readonly string[] }[]) =>
    bodies.map(({ body }) => expandSnippet(body)).join('---\n');

  /** A workload presumes the policies of its namespace: alone it would rightly be called unprotected. */
  const PRESUMED: Readonly<Record<string, readonly string[]>> = {
    'bw-pod': ['bw-networkpolicy-default-deny', 'bw-networkpolicy-allow-dns'],
    'bw-deployment': ['bw-networkpolicy-default-deny', 'bw-networkpolicy-allow-dns'],
    'bw-networkpolicy-default-deny': ['bw-networkpolicy-allow-dns'],
  };

  it.each(snippets)('$name is clean', async (snippet) => {
    const presumed = (PRESUMED[snippet.prefix[0] ?? ''] ?? []).map(byPrefix);
    const { fileName } = FILES[snippet.file] ?? { fileName: '' };
    expect(await lintText(fileName, toText([snippet, ...presumed]))).toEqual([]);
  });

  it('are clean as one workspace that holds them all', () => {
    const files = {
      'manifest.yaml': toText(ofFile('kubernetes.json')),
      's3-reader-trust-policy.json': expanded('bw-irsa-trust-policy'),
    };
    const project = openProject(files);
    for (const name of Object.keys(files))
      expect(checkFile(project, name)).toMatchObject({ findings: [], unchecked: [] });
  });

  it('would not be clean with one hardening line less', async () => {
    const text = expanded('bw-deployment').replace(/^ +allowPrivilegeEscalation: false\n/m, '');
    const findings = await lintText('manifest.yaml', text);
    expect(findings.map(({ rule }) => rule)).toContain('privilege-escalation-allowed');
  });
});
