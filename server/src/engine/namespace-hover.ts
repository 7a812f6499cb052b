import { describeResource, type Resource, readResources, readStringMap } from '../model/kubernetes/resource';
import type { Known, Place } from '../model/workspace/fact';
import type { WorkloadFact } from '../model/workspace/topics';
import {
  getActiveChecks,
  isPssLevel,
  PSS_LABEL_KEYS,
  PSS_LABELS,
  PSS_MODES,
  type PssActiveCheck,
  type PssLevel,
  type PssMode,
  resolveNamespacePolicy,
  toEvaluatedMinor,
} from '../standards/pss';
import type { Ref } from '../syntax/ref';
import { findDocument } from '../syntax/source-file';
import { type Span, shiftSpan } from '../text/span';
import { findAtLevel, type LevelOf } from './level';
import type { Project } from './project';

/** A hover must not hold up the server: of more workloads than this only the first are judged. */
const MAX_JUDGED = 500;

/** What there is to say of a label by which a Namespace chooses its Pod Security policy. */
export interface NamespaceLabelReport {
  /** Name of the Namespace; undefined where it is not known. */
  readonly namespace: string | undefined;
  /** The label with its value, in places of the file. */
  readonly span: Span;
  readonly mode: PssMode;
  /** The level that the API server applies, which is not the one written where that is none. */
  readonly level: PssLevel;
  readonly isLevelValid: boolean;
  /** True where the mode has no level of its own. */
  readonly isLevelAbsent: boolean;
  /** The minor of Kubernetes 1.N whose checks count. */
  readonly minor: number;
  /** True where the label says `latest`, or nothing that can be read. */
  readonly isLatest: boolean;
  readonly checks: readonly PssActiveCheck[];
  /** How many workloads of the namespace the workspace holds. */
  readonly workloads: number;
  /** How many of them were judged: the first ones where there are very many. */
  readonly judged: number;
  /** Those that fail checks, in the order of files and places. */
  readonly failing: readonly FailingWorkload[];
}

/** A workload that a level would not admit. */
export interface FailingWorkload {
  /** `Deployment "web"`. */
  readonly title: string;
  readonly place: Place;
  readonly uri: string;
  /** The checks that it fails, in the API server's order. */
  readonly checks: readonly PssActiveCheck[];
}

/** Reports on the Pod Security label at an offset of a file; undefined where there is none, or where it is not known. */
export function getNamespaceLabelReport(
  project: Project,
  uri: string,
  offset: number,
): NamespaceLabelReport | undefined {
  const reports = project.checkDocuments(uri) ?? [];
  const source =
    reports[
      findDocument(
        reports.map((report) => report.source),
        offset,
      )
    ]?.source;
  const found = source && findLabel(readResources(source.tree), offset - source.start);
  if (!source || !found) return undefined;
  const { namespace, labels, mode, span } = found;
  const { level: levelKey, version: versionKey } = PSS_LABELS[mode];
  if (labels.isUnknown || labels.get(levelKey).isUnknown || labels.get(versionKey).isUnknown) return undefined;
  const values = readStringMap(labels);
  const { level, version } = resolveNamespacePolicy(values)[mode];
  const minor = toEvaluatedMinor(version.isLatest ? project.getSettings(uri).kubernetesMinor : version.minor);
  const written = values[levelKey];
  const known = namespace === undefined ? [] : project.ask((workspace) => workspace.find('workload', namespace));
  const judged = known.slice(0, MAX_JUDGED);
  const checks = getActiveChecks(level, minor);
  return {
    namespace,
    span: shiftSpan(span, source.start),
    mode,
    level,
    isLevelValid: written === undefined || isPssLevel(written),
    isLevelAbsent: written === undefined,
    minor,
    isLatest: version.isLatest,
    checks,
    workloads: known.length,
    judged: judged.length,
    failing: checks.length === 0 ? [] : findFailing(project, judged, { level, minor }, checks),
  };
}

interface Label {
  readonly namespace: string | undefined;
  readonly labels: Ref;
  readonly mode: PssMode;
  readonly span: Span;
}

function findLabel(resources: readonly Resource[], offset: number): Label | undefined {
  for (const { kind, group, metadata, name } of resources) {
    if (kind !== 'Namespace' || group !== '') continue;
    const labels = metadata.get('labels');
    for (const [key, value] of labels.entries()) {
      const mode = PSS_MODES.find((one) => PSS_LABELS[one].level === key || PSS_LABELS[one].version === key);
      if (!mode || !PSS_LABEL_KEYS.includes(key) || !value.keySpan) continue;
      const span = { start: value.keySpan.start, end: Math.max(value.keySpan.end, value.node?.span.end ?? 0) };
      if (span.start <= offset && offset <= span.end) return { namespace: name, labels, mode, span };
    }
  }
  return undefined;
}

/** The files of the workloads are read in a copy of the project, which takes what it read along when it goes. */
function findFailing(
  project: Project,
  known: readonly Known<WorkloadFact>[],
  wanted: LevelOf,
  checks: readonly PssActiveCheck[],
): FailingWorkload[] {
  const copy = project.fork();
  return known.flatMap(({ value, place, uri }): FailingWorkload[] => {
    const located = copy.locate(place);
    if (!located) return [];
    const { tree } = located.ref;
    const { document } = place;
    const input = { tree, uri, document, rules: project.rules, settings: project.getSettings(uri) };
    const failed = new Set(
      findAtLevel(input, wanted)
        .filter(({ resource }) => resource?.kind === value.kind && resource.name === value.name)
        .flatMap(({ standards }) => standards),
    );
    const failing = checks.filter(({ standardId }) => failed.has(standardId));
    return failing.length === 0 ? [] : [{ title: describeResource(value), place, uri, checks: failing }];
  });
}
