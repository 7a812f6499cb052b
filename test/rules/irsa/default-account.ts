/** The `default` account of namespace `shop`, which has the role `reports`. */
export const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: default
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/reports # the nightly ones
`;

/** A Job of namespace `shop`, with further lines in the spec of its pods. */
export const job = (name: string, account = '') => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  namespace: shop
spec:
  template:
    spec:
${account}      restartPolicy: Never
      containers:
        - name: main
          image: registry.example.com/reports:1.4.2
`;

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';

/** A trust policy that names one subject. */
export const policy = (subject: string) =>
  `${JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${PROVIDER}:sub`]: subject, [`${PROVIDER}:aud`]: 'sts.amazonaws.com' } },
        },
      ],
    },
    null,
    2,
  )}\n`;

/** What the fix is called. */
export const TITLE = 'Give the role to a ServiceAccount "reports" of its own for Job "reports"';
