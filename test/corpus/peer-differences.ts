/** One verdict of a peer's own test. */
export interface PeerLabel {
  readonly src: string;
  readonly check: string;
  /** Path below the folder of peers; a folder where `object` names the object meant. */
  readonly file: string;
  readonly object: string | null;
  readonly expect: 'fail' | 'pass' | 'skip' | 'fixed';
  readonly area: string;
  /** kubeaudit: what its test wants to be reported. */
  readonly errors?: readonly string[];
}

/** A difference to explain: the label, what is found here (undefined: no rule decides it), and the text that was judged. */
export interface Case {
  readonly label: PeerLabel;
  readonly peer: string;
  readonly found: string | undefined;
  readonly text: string;
}

/** Why a peer and we differ, in the words of the standard. */
export interface Difference {
  readonly reason: string;
  /** How many labels it explains. */
  readonly count: number;
  readonly covers: (one: Case) => boolean;
}

/** A difference between checks of one name: the peer's verdict, ours, and what the text must show. */
function between(
  check: string,
  expected: PeerLabel['expect'],
  found: string,
  text: RegExp,
  reason: string,
  count: number,
): Difference {
  return {
    reason,
    count,
    covers: (one) =>
      `${one.peer}/${one.label.check}` === check &&
      one.label.expect === expected &&
      one.found === found &&
      text.test(one.text),
  };
}

const isOverridden = ({ label }: Case): boolean =>
  label.errors?.some((error) => error.includes('GetOverridden')) ?? false;

/** Every kind of difference that the standard explains; one that none covers is a fault, and so is one that covers none. */
export const DIFFERENCES: readonly Difference[] = [
  {
    reason: 'PodSecurityPolicy is gone since Kubernetes 1.25: it is no pod, and no API server reads it.',
    count: 31,
    covers: ({ found, text }) => found === undefined && /^kind: PodSecurityPolicy$/m.test(text),
  },
  {
    reason: 'Flags of the API server about admission plugins that Kubernetes no longer has: nothing of a pod.',
    count: 4,
    covers: ({ label, peer, found }) =>
      found === undefined && peer === 'checkov' && ['CKV_K8S_81', 'CKV_K8S_84'].includes(label.check),
  },
  {
    reason: "The peer's own label or annotation excuses the pod; the standard knows no excuse, and ours is a comment.",
    count: 21,
    covers: (one) =>
      one.label.expect === 'pass' &&
      one.found === 'fail' &&
      (isOverridden(one) || /^ +(checkov|bridgecrew)\.io\/skip/m.test(one.text)),
  },
  {
    reason:
      'A spec, or a list of containers, of another shape than the API has: the API server refuses the object, and there is no pod to judge.',
    count: 7,
    covers: ({ label, found, text }) =>
      label.expect !== 'pass' &&
      found === 'pass' &&
      /^spec:\s*\n {2}(- |containers:\s*(\n {6}image:|$(?![\s\S])))/m.test(text),
  },
  {
    reason:
      'Requests or limits in a list: the peer gives up; here a limit counts where the API would read one, and nowhere else.',
    count: 8,
    covers: ({ label, text }) => label.expect === 'skip' && /(resources|requests|limits):\s*\n +- /.test(text),
  },
  {
    reason: 'apiVersion v1 has no Deployment: the API server refuses it, and unknown kinds are not guessed at.',
    count: 1,
    covers: ({ label, found, text }) =>
      label.expect === 'fail' && found === 'pass' && /^apiVersion: v1\nkind: Deployment$/m.test(text),
  },
  {
    reason:
      'The peer judges the pod that a template would make; here the finding stands at the template that is written.',
    count: 2,
    covers: ({ label, found }) =>
      label.src === 'checkov-graph' &&
      label.expect === 'fail' &&
      found === 'pass' &&
      (label.object ?? '').startsWith('Pod.'),
  },
  {
    reason:
      'The peer is content with one security field, whichever; restricted names the fields that every container must have.',
    count: 9,
    covers: ({ label, peer, found }) =>
      label.expect === 'pass' &&
      found === 'fail' &&
      ((peer === 'checkov' && ['CKV_K8S_29', 'CKV_K8S_30'].includes(label.check)) ||
        (peer === 'polaris' && label.check === 'linuxHardening')),
  },
  {
    reason:
      'Restricted wants "ALL" dropped, in this spelling (check_capabilities_restricted.go compares exactly); single names do not do.',
    count: 9,
    covers: ({ label, found, text }) =>
      label.expect === 'pass' &&
      found === 'fail' &&
      /drop/i.test(text) &&
      !/\bALL\b/.test(text) &&
      ['CKV_K8S_28', 'CKV_K8S_37', 'capabilities', 'insecureCapabilities'].includes(label.check),
  },
  {
    reason:
      'runAsNonRoot: false of the pod fails although every container overrides it, and a runAsUser does not stand for runAsNonRoot (check_runAsNonRoot.go).',
    count: 9,
    covers: ({ label, found, text }) =>
      label.expect === 'pass' &&
      found === 'fail' &&
      ['CKV_K8S_23', 'CKV_K8S_40', 'nonroot'].includes(label.check) &&
      /runAsNonRoot: false|runAsUser: [1-9]/.test(text),
  },
  between(
    'checkov/CKV_K8S_31',
    'pass',
    'fail',
    /seccomp\.security\.alpha\.kubernetes\.io\/pod: /,
    'The annotation of seccomp counts for nothing since 1.19: only the field does (check_seccompProfile_restricted.go).',
    4,
  ),
  between(
    'kubeaudit/apparmor',
    'fail',
    'pass',
    /^(?![\s\S]*unconfined)/,
    'No AppArmor profile is the default of the runtime, which the standard allows; a key for a container that is not there allows nothing.',
    3,
  ),
  between(
    'kubeaudit/privileged',
    'fail',
    'pass',
    /^(?![\s\S]*privileged: )/,
    'privileged is false where it is not set.',
    1,
  ),
  between(
    'kubeaudit/image',
    'fail',
    'pass',
    /image: \S+:\S+/,
    'The peer is told which tag to expect; a fixed tag is none that moves.',
    1,
  ),
  between(
    'kubeaudit/limits',
    'fail',
    'pass',
    /limits:/,
    'The peer is told a ceiling for limits; the limits are there, and how high they may be is no standard.',
    3,
  ),
  between(
    'checkov/CKV_K8S_15',
    'fail',
    'pass',
    /image: \S+:[0-9a-f.]+$/m,
    'IfNotPresent, or the default of a fixed tag, pulls the image that the tag names: only with a moving tag does the policy matter.',
    2,
  ),
  between(
    'polaris/pullPolicyNotAlways',
    'fail',
    'pass',
    /image: (busybox|nginx|nginx:1\.14\.2)$/m,
    'The API server sets Always where no tag is written, and a fixed tag needs no second pull.',
    3,
  ),
  between(
    'polaris/nakedPod',
    'pass',
    'fail',
    /^kind: Pod$/m,
    'The peer asks the cluster for the owner of a running pod; a Pod in a file has no controller.',
    1,
  ),
  between(
    'polaris/notReadOnlyRootFilesystem',
    'fail',
    'pass',
    /- name: container-b\s*$/,
    'A container without an image is a part of one: what it does not say may be said elsewhere, and is not missing.',
    1,
  ),
];
