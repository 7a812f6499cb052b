import { getPssCheck, isPssCheckId, type PssLevel } from '../../server/src/standards/pss';
import { checkFile, openProject } from '../harness/lint-text';

const STANDARD = /^pss\/(baseline|restricted)\/(.+)$/;

/**
 * Ids of the Pod Security checks that a manifest fails, sorted: what the findings' standards name, each under the level that
 * has the check. Throws when something could not be checked, or a finding names a check that is unknown or of another level.
 */
export function failedChecks(text: string, level: PssLevel, minor: number): string[] {
  const project = openProject({ 'pod.yaml': text }, { podSecurityLevel: level, kubernetesMinor: minor });
  const { findings, unchecked } = checkFile(project, 'pod.yaml');
  const [problem] = unchecked;
  if (problem) throw new Error(problem.message);
  const failed = new Set<string>();
  for (const { standards } of findings) {
    for (const standard of standards) {
      const [, of, id = ''] = STANDARD.exec(standard) ?? [];
      if (of === undefined) continue;
      if (!isPssCheckId(id) || getPssCheck(id, minor)?.level !== of) throw new Error(`unknown check ${standard}`);
      failed.add(id);
    }
  }
  return [...failed].sort();
}
