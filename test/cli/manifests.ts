/** A pod in which nothing is wrong. */
export const HARDENED_POD = `apiVersion: v1
kind: Pod
metadata:
  name: calm
spec:
  automountServiceAccountToken: false
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: calm
      image: registry.example.com/calm:1.0.0@sha256:1111111111111111111111111111111111111111111111111111111111111111
      resources:
        requests: { cpu: 10m, memory: 16Mi }
        limits: { memory: 16Mi }
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 16Mi
`;

/** The pod with a container that is privileged: an error, with fixes that are not safe. */
export const PRIVILEGED_POD = HARDENED_POD.replaceAll('calm', 'loud').replace(
  'allowPrivilegeEscalation: false',
  'privileged: true # for the old driver',
);

/** The pod with a container that may escalate its privileges: one finding, with a safe fix. */
export const ESCALATING_POD = HARDENED_POD.replaceAll('calm', 'climber').replace(
  'allowPrivilegeEscalation: false',
  'allowPrivilegeEscalation: true # asked for by nobody',
);

/** A file that says what it is and then breaks. */
export const BROKEN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [\n';

/** An object of which no rule has anything to say. */
export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: blue\n';
