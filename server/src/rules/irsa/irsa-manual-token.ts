import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { getTokenFault } from './_manual-token';
import { findRoleOfPod, getEnvText, hasPodIdentity, readEnv } from './_pod-role';
import { judgeWebhookVolume } from './_webhook-token';

const FILE = 'AWS_WEB_IDENTITY_TOKEN_FILE';

const toExample = (audience: string) => `apiVersion: v1
kind: Pod
metadata:
  name: reader
  namespace: production
spec:
  serviceAccountName: s3-reader
  containers:
    - name: reader
      image: registry.example.com/reader:1.4.2
      env:
        - name: AWS_ROLE_ARN
          value: arn:aws:iam::111122223333:role/s3-reader
        - name: ${FILE}
          value: /var/run/secrets/aws/token
      volumeMounts:
        - name: aws-token
          mountPath: /var/run/secrets/aws
          readOnly: true
  volumes:
    - name: aws-token
      projected:
        sources:
          - serviceAccountToken:
              audience: ${audience}
              path: token
`;

export default defineRule({
  id: 'irsa-manual-token',
  category: 'irsa',
  title: 'Token for AWS that AWS does not take',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-pod-configuration', 'k8s/service-account-tokens'],
  docs: {
    what: `A pod that mounts its token for AWS itself names a file in \`${FILE}\` where the token is not, asks for a token with another audience, or has a volume in the place of the webhook’s \`aws-iam-token\` that is none such.`,
    why: 'The SDK finds no file, or shows STS a token that is for somebody else: the first call to AWS fails. Where a pod has a volume `aws-iam-token` already, the webhook of EKS adds none, and still sets the variables to the file that its own would hold. A mount without `readOnly: true` is a note alone: since Kubernetes 1.10 the kubelet mounts projected volumes read-only whatever the mount says. Tokens that hold for less than ten minutes are refused by the API server (`token-expiration-invalid`).',
    remedy:
      'Ask for `audience: sts.amazonaws.com`, and name the file as the mount and `path` of the token put it together. On EKS the webhook does all of this by the annotation of the ServiceAccount.',
    flags: toExample('sts.amazonaws.com.cn'),
    passes: toExample('sts.amazonaws.com'),
  },
  visit: {
    *container(container) {
      const entry = readEnv(container).get(FILE);
      const file = getEnvText(entry);
      const fault = entry && file ? getTokenFault(container, file, entry.get('value')) : undefined;
      if (!fault) return;
      const { what, ...report } = fault;
      yield { ...report, message: `The ${describeContainer(container)} ${what}.` };
    },
    *pod(pod, context) {
      if (findRoleOfPod(pod, context) && !hasPodIdentity(pod, context)) yield* judgeWebhookVolume(pod);
    },
  },
});
