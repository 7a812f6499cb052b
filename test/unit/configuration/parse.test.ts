import { describe, expect, test } from 'vitest';
import { EMPTY_CONFIGURATION, parseConfiguration } from '../../../server/src/engine/configuration';
import { PSS_NEWEST_MINOR } from '../../../server/src/standards/pss';

const RULE_IDS = ['privileged-container', 'verb-wildcard', 'default-deny-missing'];

/** The problems of a configuration, each with the text that it points at. */
function problemsOf(text: string): { at: string; message: string }[] {
  return parseConfiguration(text, RULE_IDS).problems.map(({ message, span }) => ({
    at: text.slice(span.start, span.end),
    message,
  }));
}

function read(text: string) {
  expect(problemsOf(text)).toEqual([]);
  return parseConfiguration(text, RULE_IDS).configuration;
}

describe('what a configuration says', () => {
  test('every setting is read', () => {
    const configuration = read(`# why: our cluster is old
podSecurity:
  level: baseline
kubernetesVersion: "1.29"
rules:
  verb-wildcard: error
  privileged-container: off
exclude:
  - vendor/
  - '*.generated.yaml'
failOn: never
podTemplates:
  - apiVersion: example.com/v1
    kind: Worker
    path: spec.template
  - { apiVersion: v1, kind: Batch, path: spec.jobs.*.template }
allowedRegistries: [registry.example.com/team, "localhost:5000"]
clusterCidrs: [10.244.0.0/16]
irsa:
  roles: { "arn:aws:iam::111122223333:role/apps/web": iam/web.tf }
workspace:
  complete: [shop, team-*]
  external:
    - { kind: Secret, namespace: shop, name: registry-* }
    - kind: ClusterRole
      name: installer
overrides:
  - paths: [legacy/**]
    namespaces: [kube-system]
    podSecurity: { level: privileged }
    rules: { default-deny-missing: info }
`);
    expect(configuration).toEqual({
      podSecurityLevel: 'baseline',
      kubernetesMinor: 29,
      rules: { 'verb-wildcard': 'error', 'privileged-container': 'off' },
      exclude: ['vendor/', '*.generated.yaml'],
      failOn: 'never',
      podRoutes: [
        { groups: ['example.com'], kind: 'Worker', path: 'spec.template' },
        { groups: [''], kind: 'Batch', path: 'spec.jobs.*.template' },
      ],
      allowedRegistries: ['registry.example.com/team', 'localhost:5000'],
      clusterCidrs: ['10.244.0.0/16'],
      irsaRoles: [{ arn: 'arn:aws:iam::111122223333:role/apps/web', path: 'iam/web.tf', span: expect.anything() }],
      workspace: {
        complete: ['shop', 'team-*'],
        external: [
          { kind: 'Secret', namespace: 'shop', name: 'registry-*' },
          { kind: 'ClusterRole', name: 'installer' },
        ],
      },
      overrides: [
        {
          paths: ['legacy/**'],
          namespaces: ['kube-system'],
          podSecurityLevel: 'privileged',
          rules: { 'default-deny-missing': 'info' },
        },
      ],
    });
  });

  test.each(['', '# nothing yet\n', '---\n', '{}', 'rules:\n', 'rules:\noverrides:\n', '\uFEFFrules: {}\n'])(
    'nothing is said by %j',
    (text) => {
      expect(read(text)).toEqual(EMPTY_CONFIGURATION);
    },
  );

  test('a plain 1.30 is the version 1.30 and not the number 1.3', () => {
    expect(read('kubernetesVersion: 1.30\n').kubernetesMinor).toBe(30);
    expect(read('kubernetesVersion: v1.30\n').kubernetesMinor).toBe(30);
    expect(read('kubernetesVersion: latest\n').kubernetesMinor).toBe(PSS_NEWEST_MINOR);
  });

  test.each([
    ['auto', 'auto'],
    ['true', true],
    ['no', false],
    ['[]', []],
  ])('complete: %s', (text, expected) => {
    expect(read(`workspace:\n  complete: ${text}\n`).workspace.complete).toEqual(expected);
  });

  test('a JSON text is a configuration too', () => {
    expect(read('{"rules": {"verb-wildcard": "off"}}').rules).toEqual({ 'verb-wildcard': 'off' });
  });
});

describe('what is wrong in a configuration', () => {
  test.each([
    ['an unknown key', 'podsecurity:\n  level: baseline\n', 'podsecurity', 'Did you mean "podSecurity"?'],
    ['a key that is like none', 'zebra: 1\n', 'zebra', 'What may stand here: podSecurity,'],
    ['an unknown key below', 'podSecurity:\n  lvel: baseline\n', 'lvel', 'Did you mean "level"?'],
    ['an unknown rule', 'rules:\n  verb-wildcrad: off\n', 'verb-wildcrad', 'Did you mean "verb-wildcard"?'],
    ['a rule that is like none', 'rules:\n  zebra: off\n', 'zebra', '"breakwater rules" lists'],
    ['a severity that is none', 'rules:\n  verb-wildcard: warn\n', 'warn', 'must be error, warning, info or off'],
    ['a boolean for off', 'rules:\n  verb-wildcard: false\n', 'false', 'not "false"'],
    ['no severity', 'rules:\n  verb-wildcard:\n', 'verb-wildcard', 'needs a severity'],
    ['rules as a list', 'rules:\n  - verb-wildcard\n', 'rules', 'must be a mapping from rule ids'],
    ['a misspelt level', 'podSecurity: { level: restrictd }\n', 'restrictd', 'Did you mean "restricted"?'],
    ['a level in place of the mapping', 'podSecurity: baseline\n', 'baseline', 'must be a mapping with level'],
    ['a version of the wrong form', 'kubernetesVersion: 2.1\n', '2.1', 'such as "1.33"'],
    ['a patch version', 'kubernetesVersion: 1.30.4\n', '1.30.4', 'such as "1.33"'],
    ['a version as a list', 'kubernetesVersion: [1.30]\n', 'kubernetesVersion', 'such as "1.33"'],
    ['pod templates that are no list', 'podTemplates: {kind: Worker}\n', 'podTemplates', 'must be a list'],
    ['a pod template that is a text', 'podTemplates: [Worker]\n', 'Worker', 'must be a mapping with apiVersion'],
    [
      'a pod template without a path',
      'podTemplates: [{apiVersion: example.com/v1, kind: Worker}]\n',
      'apiVersion: example.com/v1',
      '"path" is missing',
    ],
    [
      'a group without a version',
      'podTemplates: [{apiVersion: example.com, kind: Worker, path: spec}]\n',
      'example.com',
      'such as "example.com/v1"',
    ],
    [
      'a path with an empty step',
      'podTemplates: [{apiVersion: a.b/v1, kind: Worker, path: spec..template}]\n',
      'spec..template',
      'joined by dots',
    ],
    [
      'an unknown key of a pod template',
      'podTemplates: [{apiVersion: a.b/v1, kind: Worker, path: spec, paths: x}]\n',
      'paths',
      'Did you mean "path"?',
    ],
    ['excludes that are no list', 'exclude: vendor\n', 'vendor', 'must be a list'],
    ['a word for complete that is none', 'workspace: { complete: yes-please }\n', 'yes-please', 'must be auto, true'],
    ['a namespace that is none', 'workspace: { complete: [Shop] }\n', 'Shop', 'list of namespaces'],
    [
      'an object elsewhere without a name',
      'workspace: { external: [{ kind: Secret }] }\n',
      'kind: Secret',
      'is missing',
    ],
    [
      'an object elsewhere of no kind',
      'workspace: { external: [{ kind: secret, name: a }] }\n',
      'secret',
      'must be the kind',
    ],
    ['objects elsewhere that are no list', 'workspace: { external: { kind: Secret } }\n', 'external', 'must be a list'],
    ['a text for an object elsewhere', 'workspace: { external: [Secret/a] }\n', 'Secret/a', 'must be a mapping'],
    ['roles that are a list', 'irsa: { roles: web }\n', 'web', 'must be a mapping from ARNs'],
    ['a role by its name', 'irsa: { roles: { web: web.tf } }\n', 'web', 'is not the ARN of an IAM role'],
    [
      'an absolute path',
      'irsa: { roles: { "arn:aws:iam::111122223333:role/web": /etc/web.tf } }\n',
      '/etc/web.tf',
      'needs the relative path',
    ],
    ['addresses that are no block', 'clusterCidrs: [10.244.0.1]\n', '10.244.0.1', 'block of addresses'],
    ['a block with host bits', 'clusterCidrs: [10.244.0.1/16]\n', '10.244.0.1/16', 'begin where the block begins'],
    ['a registry with a tag', 'allowedRegistries: ["nginx:latest"]\n', '"nginx:latest"', 'must be a registry'],
    ['an exclude that is no text', 'exclude: [{ a: b }]\n', 'a: b', 'must be a list of texts'],
    ['an exclude that leaves the folder', 'exclude: [../other]\n', '../other', 'cannot leave it'],
    ['an absolute exclude', 'exclude: [/etc]\n', '/etc', 'cannot leave it'],
    ['a negated exclude', 'exclude: ["!a.yaml"]\n', '"!a.yaml"', 'cannot be negated'],
    ['a Windows path', "exclude: ['a\\b']\n", "'a\\b'", 'separates folders with "/"'],
    ['an empty exclude', 'exclude: [""]\n', '""', 'must name something'],
    ['a failing severity that is none', 'failOn: fatal\n', 'fatal', 'error, warning, info or never'],
    ['overrides as a mapping', 'overrides:\n  paths: [a]\n', 'overrides', 'must be a list'],
    ['an override for nothing', 'overrides:\n  - rules: {}\n', 'rules', 'needs "paths" or "namespaces"'],
    ['an override with an unknown key', 'overrides: [{ paths: [a], level: b }]\n', 'level', 'has no setting "level"'],
    ['a configuration that is a list', '- rules\n', '-', 'The configuration must be a mapping'],
    ['a second document', 'failOn: info\n---\nfailOn: never\n', 'failOn', 'this is a second one'],
    ['a key written twice', 'failOn: info\nfailOn: never\n', 'failOn', 'written twice'],
  ])('%s', (_, text, at, message) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.at.startsWith(at)).toBe(true);
    expect(problems[0]?.message.endsWith('.') || problems[0]?.message.endsWith('?')).toBe(true);
  });

  test('what cannot be parsed is said, and nothing is taken from it', () => {
    const text = 'rules: {verb-wildcard: off\n';
    expect(problemsOf(text).map(({ message }) => message)[0]).toMatch(/^This configuration cannot be read: /);
    expect(parseConfiguration(text, RULE_IDS).configuration).toEqual(EMPTY_CONFIGURATION);
  });

  test('problems come in the order of their places, all of them', () => {
    const text = 'rules:\n  zebra: off\nfailOn: fatal\nexclude: vendor\n';
    const found = problemsOf(text).map(({ at }) => at);
    expect(found).toEqual(['zebra', 'fatal', 'vendor']);
  });

  test('what is right beside a problem is read all the same', () => {
    const { configuration } = parseConfiguration('rules:\n  zebra: off\n  verb-wildcard: info\n', RULE_IDS);
    expect(configuration.rules).toEqual({ 'verb-wildcard': 'info' });
  });
});
