import { describeContainer, getPodTemplates, type PodTemplate } from '../model/kubernetes/pod';
import { describeResource, readResources } from '../model/kubernetes/resource';
import { type PssLevel, toEvaluatedMinor } from '../standards/pss';
import type { Ref } from '../syntax/ref';
import { findDocument } from '../syntax/source-file';
import { type FixedFile, fixAll } from './fix/fix-all';
import { toFileEdits } from './fix/to-edits';
import { chooseFix, type HardenScope } from './harden-scope';
import { findAtLevel, type LevelOf, toLevelFilter, toLevelSettings } from './level';
import type { DocumentReport, FileFinding, Project } from './project';
import type { RuleSet } from './rule-set';
import type { Settings } from './settings';

export type { HardenScope } from './harden-scope';

/** Something at a place of a file that can be brought to a level. */
export interface HardenOffer {
  /** Starts with a verb: `Harden container "web" to restricted (v1.37)`. */
  readonly title: string;
  readonly level: PssLevel;
  readonly scope: HardenScope;
}

const LEVELS: readonly PssLevel[] = ['baseline', 'restricted'];

/**
 * What can be hardened at an offset of a file: the container there, the pod, and all pods of the file where others need it
 * too. Nothing is offered that would change nothing.
 */
export function getHardenOffers(project: Project, uri: string, offset: number): HardenOffer[] {
  const reports = project.checkDocuments(uri) ?? [];
  const report =
    reports[
      findDocument(
        reports.map(({ source }) => source),
        offset,
      )
    ];
  const pod = report && findPod(report, offset - report.source.start, project, uri);
  if (!report || !pod) return [];
  const { document, source } = report;
  const container = pod.containers.find(({ ref }) => isAround(ref, offset - source.start));
  const ofPod: HardenScope = { kind: 'pod', document, path: pod.spec.path.slice(0, -1) };
  const ofFile: HardenScope = { kind: 'file' };
  const minor = toEvaluatedMinor(project.getSettings(uri).kubernetesMinor);
  const toOffers = (scope: HardenScope, name: string, canChange: (wanted: LevelOf) => boolean): HardenOffer[] =>
    LEVELS.filter((level) => canChange({ level, minor })).map((level) => {
      return { title: `Harden ${name} to ${level} (v1.${minor})`, level, scope };
    });
  const ofContainer: HardenScope | undefined = container && { kind: 'container', document, path: container.ref.path };
  return [
    ...(container && ofContainer
      ? toOffers(ofContainer, describeContainer(container), (wanted) =>
          findFixable(project, uri, report, wanted).some((finding) => canFix(project, finding, ofContainer)),
        )
      : []),
    ...toOffers(ofPod, describeResource(pod.resource), (wanted) =>
      findFixable(project, uri, report, wanted).some((finding) => canFix(project, finding, ofPod)),
    ),
    ...toOffers(ofFile, 'all pods of this file', (wanted) =>
      reports
        .flatMap((one) => findFixable(project, uri, one, wanted))
        .some((finding) => !chooseFix(finding, ofPod) && canFix(project, finding, ofFile)),
    ),
  ];
}

/**
 * Makes the rules' own fixes until a level finds nothing more in a scope that can be fixed there, as one change of the file.
 * The fixes may take from a workload what it needs. Undefined when nothing changes.
 */
export function harden(project: Project, uri: string, level: PssLevel, scope: HardenScope): FixedFile | undefined {
  const settings = project.getSettings(uri);
  const wanted = { level, minor: settings.kubernetesMinor };
  const isOfLevel = toLevelFilter(wanted);
  const forced = { ...toLevelSettings(settings, wanted), rules: toSilence(project.rules, isOfLevel) };
  const fork = project.fork();
  fork.setSettings((other) => (other === uri ? forced : project.getSettings(other)));
  const choose = (finding: FileFinding) => (isOfLevel(finding) ? chooseFix(finding, scope) : undefined);
  return fixAll(fork, uri, { safety: 'unsafe', choose });
}

/** All other rules are off: what they find costs time, and would count among what a document may have at most. */
function toSilence({ all }: RuleSet, isOfLevel: ReturnType<typeof toLevelFilter>): Settings['rules'] {
  const others = all.filter((rule) => rule.check === undefined && !isOfLevel(rule));
  return Object.fromEntries(others.map(({ id }) => [id, 'off']));
}

function findFixable(project: Project, uri: string, report: DocumentReport, wanted: LevelOf): FileFinding[] {
  const { document, source } = report;
  const { rules } = project;
  const input = { tree: source.tree, uri, document, rules, settings: project.getSettings(uri) };
  return findAtLevel(input, wanted)
    .filter(({ fixes }) => fixes.length > 0)
    .map((finding) => ({ ...finding, document }));
}

function canFix(project: Project, finding: FileFinding, scope: HardenScope): boolean {
  const fix = chooseFix(finding, scope);
  return fix !== undefined && toFileEdits(project, finding, fix) !== undefined;
}

/** The pod in whose object an offset of a document stands: of several, the one around it. */
function findPod({ source }: DocumentReport, offset: number, project: Project, uri: string): PodTemplate | undefined {
  const resources = readResources(source.tree);
  const resource = resources.length === 1 ? resources[0] : resources.find(({ root }) => isAround(root, offset));
  const pods = resource ? getPodTemplates(resource, project.getSettings(uri).podRoutes) : [];
  return pods.length === 1 ? pods[0] : pods.find(({ spec }) => isAround(spec.parent ?? spec, offset));
}

/** True when an offset stands in the lines of what is written at a route. */
function isAround({ node, tree }: Ref, offset: number): boolean {
  if (!node) return false;
  const { start, end } = node.span;
  return tree.text.lastIndexOf('\n', start - 1) < offset && offset <= end;
}
