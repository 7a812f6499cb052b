import { beforeAll, describe, expect, test } from 'vitest';
import { toAccountExample } from '../../../server/src/rules/irsa/_examples';
import { openProject, toUri } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { findIn } from '../../rules/irsa/files';

beforeAll(loadHclGrammar);

const toObject = (apiVersion: string, properties: string) =>
  `apiVersion: ${apiVersion}\nkind: PodIdentityAssociation\nmetadata:\n  name: web\nspec:\n${properties}`;

/** An association for the ServiceAccount `web` of namespace `shop`, in each way of making one. */
const WAYS: readonly (readonly [way: string, file: string, text: string])[] = [
  ['ACK', 'a.yaml', toObject('eks.services.k8s.aws/v1alpha1', '  namespace: shop\n  serviceAccount: web\n')],
  ...['eks.aws.upbound.io/v1beta1', 'eks.aws.m.upbound.io/v1beta1', 'eks.aws.crossplane.io/v1alpha1'].map(
    (apiVersion) =>
      [
        apiVersion,
        'a.yaml',
        toObject(apiVersion, '  forProvider:\n    namespace: shop\n    serviceAccount: web\n'),
      ] as const,
  ),
  [
    'CloudFormation',
    'a.yaml',
    'Resources:\n  Web:\n    Type: AWS::EKS::PodIdentityAssociation\n    Properties:\n      Namespace: shop\n      ServiceAccount: web\n',
  ],
  [
    'Terraform',
    'a.tf',
    'resource "aws_eks_pod_identity_association" "web" {\n  namespace       = "shop"\n  service_account = "web"\n}\n',
  ],
  [
    'a module of Terraform',
    'a.tf',
    'module "web" {\n  source = "terraform-aws-modules/eks-pod-identity/aws"\n  association_defaults = {\n    namespace = "shop"\n  }\n  associations = {\n    main = {\n      service_account = "web"\n    }\n  }\n}\n',
  ],
];

const RULE = 'pod-identity-annotation-ignored';
const open = (file: string, text: string) =>
  openProject({ 'web.yaml': toAccountExample('shop', 'web', 'web'), [file]: text });
const find = (file: string, text: string) => findIn(open(file, text), 'web.yaml', RULE);

describe.each(WAYS)('an association of EKS Pod Identity: %s', (_, file, text) => {
  test('takes the place of the annotation', () => {
    const project = open(file, text);
    const [found, ...others] = findIn(project, 'web.yaml', RULE);
    expect(others).toEqual([]);
    expect(found?.related.map(({ place }) => project.locate(place)?.uri)).toEqual([toUri(file)]);
  });

  test('that is of another account, or of one that is filled in later, does not', () => {
    expect(find(file, text.replace(/(ccount\W+)web/, '$1api'))).toEqual([]);
    expect(find(file, text.replace(/(ccount\W+"?)web/, '$1${name}'))).toEqual([]);
  });
});
