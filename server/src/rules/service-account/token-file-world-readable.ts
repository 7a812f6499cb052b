import { defineRule, type Report } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { describeVolume, getVolumes, type Volume } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';
import { toTokenPod } from './_example';
import { getMeantMode, isModeOverruled, isWorldReadable, toOctal } from './_file-mode';

const OWNER_ONLY = 0o400;

const toExample = (mode: string) =>
  toTokenPod('path: token\naudience: vault\nexpirationSeconds: 3600\n', `        defaultMode: ${mode}\n`);

export default defineRule({
  id: 'token-file-world-readable',
  category: 'service-account',
  title: 'Token or secret with a careless file mode',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/service-account-tokens', 'k8s/secrets-good-practices'],
  docs: {
    what: 'The mode of a token’s file lets every user of the container read it; or the mode of a token or secret is a decimal number that was meant as an octal one.',
    why: 'A process that was given a user of its own to keep it apart can read the token all the same. And `defaultMode: 400` is not 0400: without the leading zero it is read as a decimal number, which is 0620 and lets the group write; `644` is no mode at all, and the API server refuses the pod.',
    remedy: `Write modes with a leading zero, \`0400\`, or as the decimal number that is meant, 256; JSON has decimal numbers only. The fixes write the decimal number. With 0400 only the owner reads the file: set \`fsGroup\` or one \`runAsUser\` for the whole pod, so that the kubelet gives it to the pod's user. A pod that does so is not reported, since the kubelet then closes the file by itself; nor is a mode that is not written.`,
    flags: toExample('0644'),
    passes: toExample('0400'),
  },
  visit: {
    *pod(pod) {
      for (const volume of getVolumes(pod)) {
        const secret = volume.ref.get('secret');
        const projected = volume.ref.get('projected');
        const sources = projected.get('sources').items();
        const hasToken = sources.some((source) => source.get('serviceAccountToken').isMapping);
        const secrets = [secret, ...sources.map((source) => source.get('secret'))].filter((ref) => ref.isMapping);
        if (secrets.length === 0 && !hasToken) continue;
        const modes = [secret, projected].map((ref) => ref.get('defaultMode'));
        for (const ref of secrets)
          modes.push(
            ...ref
              .get('items')
              .items()
              .map((item) => item.get('mode')),
          );
        for (const at of modes) yield* judge(at, volume, pod, hasToken && at.step === 'defaultMode');
      }
    },
  },
});

function* judge(at: Ref, volume: Volume, pod: PodTemplate, isOfToken: boolean): Iterable<Report> {
  const meant = getMeantMode(at);
  const field = `${at.step}`;
  const where = `${field} ${at.written ?? ''} of ${describeVolume(volume)}`;
  if (meant !== undefined) {
    const value = isOfToken ? meant & 0o770 : meant;
    const real = at.number ?? 0;
    yield {
      at,
      severity: 'warning',
      message:
        real > 0o777
          ? `The ${where} is read as a decimal number, which is no file mode, so the API server refuses the pod; ${toOctal(meant)} was meant.`
          : `The ${where} is read as a decimal number, so the files get ${toOctal(real)}; ${toOctal(meant)} was meant.`,
      fixes: [toFix(at, field, value)],
    };
  } else if (isOfToken && at.isPresent && isWorldReadable(at.number ?? 0) && !isModeOverruled(pod)) {
    yield {
      at,
      message: `The ${where} lets every user of the container read the token.`,
      fixes: [toFix(at, field, OWNER_ONLY)],
    };
  }
}

function toFix(at: Ref, field: string, value: number) {
  const operations = [{ op: 'set', at, value }] as const;
  return { title: `Set ${field}: ${value}, which is ${toOctal(value)}`, safety: 'unsafe', operations } as const;
}
