import { beforeAll, describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import type { Project } from '../../../server/src/engine/project';
import { checkFile, openProject, toUri } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { applyAll } from '../../harness/prove-fix';
import { account, applyFix, findIn, lintFiles, PROVIDER } from './files';

beforeAll(loadHclGrammar);

const RULE = 'irsa-role-not-admitting';
const MISMATCH = 'irsa-subject-mismatch';
const reader = account('production', 's3-reader', 's3-reader');

/** A role whose subject is made of names that other files may define. */
const MAIN = `resource "aws_iam_role" "reader" {
  name = local.role_name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/\${local.oidc}" }
      Condition = { StringEquals = {
        "\${local.oidc}:sub" = "system:serviceaccount:\${var.namespace}:s3-reader" # ours
        "\${local.oidc}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
`;
const locals = (name = 's3-reader') =>
  `locals {\n  role_name = "${name}"\n  oidc      = "\${local.host}/id/5C1F0A9B7D3E42869F1D2C3B4A596877"\n  host      = "oidc.eks.eu-west-1.amazonaws.com"\n}\n`;
const variables = (namespace = 'production') =>
  `variable "namespace" {\n  type    = string\n  default = "${namespace}"\n}\n`;

const files = (namespace?: string, name?: string) => ({
  'a.yaml': reader,
  'iam/main.tf': MAIN,
  'iam/locals.tf': locals(name),
  'iam/variables.tf': variables(namespace),
});

const count = (project: Project, rule = RULE) => findIn(project, 'a.yaml', rule).length;

describe('a folder of Terraform is one module', () => {
  test('locals and defaults of other files decide', () => {
    expect(count(openProject(files()))).toBe(0);
    const [finding] = findIn(openProject(files('staging')), 'a.yaml', RULE);
    expect(finding?.message).toContain('names "system:serviceaccount:staging:s3-reader"');
    expect(lintFiles(files(), 'irsa-placeholder-left')).toEqual([]);
  });

  test('whatever the order in which files come, and each edit counts', () => {
    const all = files('staging');
    for (const order of [Object.keys(all), Object.keys(all).reverse()]) {
      const project = openProject(Object.fromEntries(order.map((name) => [name, all[name as keyof typeof all]])));
      expect(count(project)).toBe(1);
      const text = variables('staging');
      const start = text.indexOf('staging');
      const edit = { span: { start, end: start + 'staging'.length }, newText: 'production' };
      project.takeStale();
      project.editFile(toUri('iam/variables.tf'), edit, variables('production'));
      expect(project.takeStale()).toContain(toUri('a.yaml'));
      expect(count(project)).toBe(0);
      project.removeFile(toUri('iam/locals.tf'));
      expect(count(project)).toBe(0);
      expect(checkFile(project, 'iam/main.tf').unchecked).toEqual([]);
      project.setFile(toUri('iam/locals.tf'), locals(), 'hcl');
      project.setFile(toUri('iam/variables.tf'), variables('staging'), 'hcl');
      expect(count(project)).toBe(1);
    }
  });

  test('an edit that no name of another file is about reads nothing anew', () => {
    const project = openProject(files());
    checkFile(project, 'iam/main.tf');
    project.takeStale();
    project.setFile(toUri('iam/variables.tf'), `${variables()}variable "other" {\n  default = "x"\n}\n`, 'hcl');
    expect(project.takeStale()).toEqual([toUri('iam/variables.tf')]);
  });

  test('files that are only in the background give their values too', () => {
    const project = openProject({ 'a.yaml': reader });
    for (const [name, text] of Object.entries(files('staging'))) {
      if (name !== 'a.yaml') project.setFile(toUri(name), text, 'hcl', false);
    }
    expect(count(project)).toBe(1);
    const fork = project.fork();
    fork.setFile(toUri('iam/variables.tf'), variables(), 'hcl');
    expect([count(fork), count(project)]).toEqual([0, 1]);
  });

  test.each([
    ['another folder', { 'iam/variables.tf': '', 'other/variables.tf': variables('staging') }],
    ['a name that two files define', { 'iam/more.tf': variables('elsewhere') }],
    ['a default that is computed', { 'iam/variables.tf': variables('${terraform.workspace}') }],
    ['names that lead in a circle', { 'iam/variables.tf': variables('${var.namespace}') }],
    ['a file that cannot be read', { 'iam/variables.tf': 'variable "namespace" {\n  default = "staging"\n' }],
  ])('not known: %s', (_, changes) => {
    expect(count(openProject({ ...files('staging'), ...changes }))).toBe(0);
  });

  test('a fix writes into the file of the policy, and leaves names, comments and layout', () => {
    const wrong = {
      ...files(),
      'iam/main.tf': MAIN.replace(':s3-reader"', ':s3-reader", "system:serviceaccount:production:s3-raeder"]').replace(
        '= "system',
        '= ["system',
      ),
    };
    const fixed = applyFix(wrong, MISMATCH);
    expect(fixed['iam/main.tf']).toContain('"${local.oidc}:aud" = "sts.amazonaws.com"');
    expect(fixed['iam/main.tf']).toContain('# ours');
    expect(lintFiles(fixed, MISMATCH)).toEqual([]);
    expect(fixed['iam/variables.tf']).toBe(wrong['iam/variables.tf']);
  });

  test('a condition that is added calls the provider as the others do', () => {
    const without = MAIN.replace(/\n.*:aud".*/, '');
    const fixed = applyFix({ ...files(), 'iam/main.tf': without }, 'irsa-audience-missing');
    expect(fixed['iam/main.tf']).toContain('"${local.oidc}:aud" = "sts.amazonaws.com"');
  });

  test('a text that is made of a name is not written over', () => {
    const project = openProject(files('produktion'));
    const [finding] = findIn(project, 'iam/main.tf', MISMATCH);
    const edits = finding?.fixes.flatMap((fix) => toFileEdits(project, finding, fix) ?? []);
    // The account can follow the policy; nothing can be written in the place of a name.
    expect(edits?.map(({ uri }) => uri)).toEqual([toUri('a.yaml')]);
  });
});

describe('Terraform in JSON', () => {
  const toText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const conditions = (subject: string) => [
    { test: 'StringEquals', variable: '${local.oidc}:sub', values: [subject] },
    { test: 'StringEquals', variable: '${local.oidc}:aud', values: ['sts.amazonaws.com'] },
  ];
  const main = (condition: unknown, more: object = {}) =>
    toText({
      data: {
        aws_iam_policy_document: {
          trust: {
            statement: {
              actions: ['sts:AssumeRoleWithWebIdentity'],
              principals: { type: 'Federated', identifiers: ['arn:aws:iam::111122223333:oidc-provider/${local.oidc}'] },
              condition,
            },
          },
        },
      },
      resource: {
        aws_iam_role: {
          reader: { name: 's3-reader', assume_role_policy: '${data.aws_iam_policy_document.trust.json}' },
        },
      },
      ...more,
    });
  const values = toText({ locals: { oidc: PROVIDER }, variable: { namespace: { default: 'production' } } });
  const subject = 'system:serviceaccount:${var.namespace}:s3-reader';

  test('documents, roles and values of other files, in HCL as in JSON', () => {
    const found = (text: string, others: Readonly<Record<string, string>>) =>
      count(openProject({ 'a.yaml': reader, 'iam/main.tf.json': text, ...others }));
    expect(found(main(conditions(subject)), { 'iam/values.tf.json': values })).toBe(0);
    expect(found(main(conditions(subject)), { 'iam/values.tf.json': values.replace('production', 'staging') })).toBe(1);
    const inHcl = {
      'iam/locals.tf': `locals {\n  oidc = "${PROVIDER}"\n}\n`,
      'iam/variables.tf': variables('staging'),
    };
    expect(found(main(conditions(subject)), inHcl)).toBe(1);
    expect(found(main(conditions(subject)), {})).toBe(0);
    expect(
      checkFile(openProject({ 'iam/main.tf.json': main(conditions(subject)) }), 'iam/main.tf.json').unchecked,
    ).toEqual([]);
  });

  test('a subject is mended in place', () => {
    const text = main(conditions('system:serviceaccount:production:s3-raeder'));
    const all = { 'a.yaml': reader, 'iam/main.tf.json': text, 'iam/values.tf.json': values };
    const [finding] = lintFiles(all, MISMATCH);
    expect(finding?.text).toBe('system:serviceaccount:production:s3-raeder');
    expect(applyFix(all, MISMATCH)['iam/main.tf.json']).toBe(text.replace('s3-raeder', 's3-reader'));
  });

  test('a condition is added to the list of them', () => {
    const [sub] = conditions('system:serviceaccount:production:s3-reader');
    const all = { 'iam/main.tf.json': main([sub]), 'iam/values.tf.json': values };
    const fixed = applyFix(all, 'irsa-audience-missing');
    const { statement } = JSON.parse(fixed['iam/main.tf.json'] ?? '').data.aws_iam_policy_document.trust;
    expect(statement.condition).toEqual([
      sub,
      { test: 'StringEquals', variable: '${local.oidc}:aud', values: ['sts.amazonaws.com'] },
    ]);
    // A single object gets a list around it.
    const single = applyFix({ ...all, 'iam/main.tf.json': main(sub) }, 'irsa-audience-missing');
    expect(JSON.parse(single['iam/main.tf.json'] ?? '')).toEqual(JSON.parse(fixed['iam/main.tf.json'] ?? ''));
    expect(single['iam/main.tf.json']?.split('\n').length).toBeLessThan(
      fixed['iam/main.tf.json']?.split('\n').length ?? 0,
    );
  });

  test('policies in strings keep their places', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}` },
          Condition: {
            StringEquals: {
              [`${PROVIDER}:sub`]: 'system:serviceaccount:production:s3-raeder',
              [`${PROVIDER}:aud`]: 'sts.amazonaws.com',
            },
          },
        },
      ],
    });
    const text = toText({ resource: { aws_iam_role: { reader: { name: 's3-reader', assume_role_policy: policy } } } });
    const all = { 'a.yaml': reader, 'main.tf.json': text };
    expect(lintFiles(all, MISMATCH)[0]?.text).toBe('system:serviceaccount:production:s3-raeder');
    expect(applyFix(all, MISMATCH)['main.tf.json']).toBe(text.replace('s3-raeder', 's3-reader'));
    expect(count(openProject(all))).toBe(1);
  });

  test('inputs of the well-known modules', () => {
    const module = (name: string) =>
      toText({
        module: {
          irsa: {
            source: 'terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks',
            role_name: 's3-reader',
            oidc_providers: {
              main: {
                provider_arn: '${module.eks.oidc_provider_arn}',
                namespace_service_accounts: [`production:${name}`],
              },
            },
          },
        },
      });
    const all = { 'a.yaml': reader, 'main.tf.json': module('s3-raeder') };
    expect(count(openProject(all))).toBe(1);
    expect(applyAll(all, toEdits(all), 'fix')['main.tf.json']).toBe(module('s3-reader'));
  });

  function toEdits(all: Readonly<Record<string, string>>) {
    const project = openProject(all);
    const [finding] = findIn(project, 'main.tf.json', MISMATCH);
    const edits = finding?.fixes[0] && toFileEdits(project, finding, finding.fixes[0]);
    if (!edits) throw new Error('no fix');
    return edits;
  }

  test('other JSON is read as it was', () => {
    const text = toText({
      module: { x: 1 },
      data: { aws_iam_policy_document: { a: { statement: {} } } },
      Statement: [],
    });
    expect(checkFile(openProject({ 'x.json': text, 'x.tf.json': text }), 'x.tf.json').findings).toEqual([]);
  });
});
