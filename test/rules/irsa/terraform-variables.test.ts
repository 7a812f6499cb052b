import { beforeAll, describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import type { Project } from '../../../server/src/engine/project';
import { openProject, toUri } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { account, findIn, PROVIDER } from './files';

beforeAll(loadHclGrammar);

const RULE = 'irsa-role-not-admitting';

/** A role whose subject has a namespace that is a variable, with its default in the same file or beside it. */
const toMain = (variable: string) => `${variable}resource "aws_iam_role" "reader" {
  name = "s3-reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}" }
      Condition = { StringEquals = {
        "${PROVIDER}:sub" = "system:serviceaccount:\${var.namespace}:s3-reader"
        "${PROVIDER}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
`;
const variable = (namespace: string) => `variable "namespace" {\n  default = "${namespace}"\n}\n`;
const set = (namespace: string) => `namespace = "${namespace}" # here\n`;

/** Where the default stands: beside the role, in a file of its own, or nowhere. */
const DEFAULTS: Readonly<Record<string, (namespace: string) => Record<string, string>>> = {
  'in the same file': (namespace) => ({ 'iam/main.tf': toMain(variable(namespace)) }),
  'in another file': (namespace) => ({ 'iam/main.tf': toMain(''), 'iam/variables.tf': variable(namespace) }),
  nowhere: () => ({ 'iam/main.tf': toMain('') }),
};

const reader = { 'a.yaml': account('production', 's3-reader', 's3-reader') };
const refused = (project: Project) =>
  findIn(project, 'a.yaml', RULE).map(({ message }) => /serviceaccount:([\w-]+):/.exec(message)?.[1]);

describe.each(Object.keys(DEFAULTS))('a default %s', (where) => {
  const open = (namespace: string, files: Readonly<Record<string, string>> = {}) =>
    openProject({ ...reader, ...DEFAULTS[where]?.(namespace), ...files });

  test.each(['iam/terraform.tfvars', 'iam/any.auto.tfvars', 'iam/terraform.tfvars.json', 'iam/any.auto.tfvars.json'])(
    'is nothing beside %s',
    (file) => {
      const toText = (namespace: string) => (file.endsWith('.json') ? JSON.stringify({ namespace }) : set(namespace));
      expect(refused(open('production', { [file]: toText('staging') }))).toEqual(['staging']);
      expect(refused(open('staging', { [file]: toText('production') }))).toEqual([]);
    },
  );

  test('of several files the last one in the order of Terraform counts', () => {
    const files = {
      'iam/terraform.tfvars': set('one'),
      'iam/a.auto.tfvars': set('two'),
      'iam/b.auto.tfvars': set('three'),
    };
    for (const order of [Object.entries(files), Object.entries(files).reverse()]) {
      expect(refused(open('production', Object.fromEntries(order)))).toEqual(['three']);
    }
  });

  test.each<[string, Record<string, string>]>([
    ['a file that is not loaded by itself sets it', { 'iam/prod.tfvars': set('staging') }],
    ['such a file sets it too', { 'iam/prod.tfvars': set('staging'), 'iam/terraform.tfvars': set('staging') }],
    ['it is set to no text', { 'iam/terraform.tfvars': 'namespace = ["staging"]\n' }],
  ])('it is not known where %s', (_, files) => expect(refused(open('staging', files))).toEqual([]));

  test('files of other folders, and other variables, change nothing', () => {
    const files = { 'other/terraform.tfvars': set('elsewhere'), 'iam/terraform.tfvars': 'region = "eu-west-1"\n' };
    expect(refused(open('staging', files))).toEqual(where === 'nowhere' ? [] : ['staging']);
  });

  test('each edit counts, and so does a file that is gone', () => {
    const project = open('production', { 'iam/terraform.tfvars': set('production') });
    expect(refused(project)).toEqual([]);
    project.takeStale();
    project.setFile(toUri('iam/terraform.tfvars'), set('staging'), 'hcl');
    expect(project.takeStale()).toContain(toUri('a.yaml'));
    expect(refused(project)).toEqual(['staging']);
    project.removeFile(toUri('iam/terraform.tfvars'));
    expect(refused(project)).toEqual([]);
  });
});

test('what is set beside it is not written over by a fix', () => {
  const files = { ...reader, ...DEFAULTS['in the same file']?.('production'), 'iam/terraform.tfvars': set('staging') };
  const project = openProject(files);
  const [finding] = findIn(project, 'a.yaml', RULE);
  const edits = finding?.fixes.flatMap((fix) => toFileEdits(project, finding, fix) ?? []);
  expect(finding?.fixes.length).toBeGreaterThan(0);
  expect(edits?.filter(({ uri }) => uri !== toUri('a.yaml'))).toEqual([]);
});
