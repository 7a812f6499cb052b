import { describe, expect, test } from 'vitest';
import { lintJson, makeFolder } from './run-cli';

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';

/** A role for the account `default` of a namespace that is a variable with a default. */
const MODULE = {
  'iam/variables.tf': 'variable "namespace" {\n  default = "default-of-module"\n}\n',
  'iam/main.tf': `resource "aws_iam_role" "reader" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}" }
      Condition = { StringEquals = {
        "${PROVIDER}:sub" = "system:serviceaccount:\${var.namespace}:default"
        "${PROVIDER}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
`,
};

/** The namespace that the finding at the subject names. */
function namespaceOf(files: Readonly<Record<string, string>>): string | undefined {
  const { report } = lintJson(['.'], { cwd: makeFolder({ ...MODULE, ...files }) });
  const found = report.findings.find(({ rule }) => rule === 'irsa-default-subject');
  return /namespace "(.*?)"/.exec(found?.message ?? '')?.[1];
}

/** A namespace that tells which file sets it. */
const toNamespace = (file: string) => `set-by-${Buffer.from(file).toString('hex')}`;
const toText = (file: string) =>
  file.endsWith('.json') ? JSON.stringify({ namespace: toNamespace(file) }) : `namespace = "${toNamespace(file)}"\n`;
const toFiles = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`iam/${name}`, toText(name)]));

describe('which file of variables counts', () => {
  // From the first to the last that Terraform loads.
  const ORDER = [
    'terraform.tfvars',
    'terraform.tfvars.json',
    'A.auto.tfvars',
    'a.auto.tfvars',
    'a.auto.tfvars.json',
    'b.auto.tfvars',
    'c.auto.tfvars.json',
  ];

  test('a default where none sets it', () => expect(namespaceOf({})).toBe('default-of-module'));

  test.each(ORDER.map((last, index) => [last, ORDER.slice(0, index)] as const))(
    '%s over all before it',
    (last, before) => {
      expect(namespaceOf(toFiles(last, ...before))).toBe(toNamespace(last));
    },
  );

  test.each([
    ['one of another folder', { 'terraform.tfvars': toText('above'), 'iam/below/terraform.tfvars': toText('below') }],
    ['one that sets another variable', { 'iam/terraform.tfvars': 'name = "other"\n' }],
    [
      'a name that Terraform does not load',
      { 'iam/Terraform.tfvars.txt': toText('x'), 'iam/auto.tfvars.yaml': 'a: b\n' },
    ],
  ])('%s changes nothing', (_, files) => expect(namespaceOf(files)).toBe('default-of-module'));

  test.each([
    ['is loaded only when it is asked for', toFiles('prod.tfvars')],
    ['is so beside one that is loaded', toFiles('prod.tfvars', 'terraform.tfvars')],
    ['cannot be read', { 'iam/terraform.tfvars': 'namespace = "\n' }],
    ['sets it to what is computed', { 'iam/terraform.tfvars': 'namespace = upper("x")\n' }],
  ])('nothing is said where a file %s', (_, files) => expect(namespaceOf(files)).toBeUndefined());
});

describe('a file of Terraform that is named by itself', () => {
  const all = { ...MODULE, ...toFiles('terraform.tfvars'), 'iam/.gitignore': 'ignored.auto.tfvars\n' };
  const lintAlone = (files: Readonly<Record<string, string>>, args: readonly string[] = ['iam/main.tf']) => {
    const { report } = lintJson(args, { cwd: makeFolder(files), input: MODULE['iam/main.tf'] });
    const [found] = report.findings;
    return { namespace: /namespace "(.*?)"/.exec(found?.message ?? '')?.[1], files: report.summary.files };
  };

  test('is read with what its folder says, and is all that is checked', () => {
    expect(lintAlone(all)).toEqual({ namespace: toNamespace('terraform.tfvars'), files: 1 });
    expect(lintAlone(MODULE)).toEqual({ namespace: 'default-of-module', files: 1 });
    const stdin = ['-', '--stdin-filename', 'iam/main.tf'];
    expect(lintAlone(all, stdin)).toEqual({ namespace: toNamespace('terraform.tfvars'), files: 1 });
  });

  test('without what is left out of a folder', () => {
    const ignored = toFiles('ignored.auto.tfvars');
    expect(lintAlone({ ...all, ...ignored, '.git/HEAD': '' }).namespace).toBe(toNamespace('terraform.tfvars'));
    const excluded = { ...all, '.breakwater.yaml': 'exclude: ["**/*.tfvars"]\n' };
    expect(lintAlone(excluded).namespace).toBe('default-of-module');
  });
});
