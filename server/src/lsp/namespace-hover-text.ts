import type { FailingWorkload, NamespaceLabelReport } from '../engine/namespace-hover';
import type { PssActiveCheck, PssCheckId, PssMode } from '../standards/pss';
import { escapeMarkdown, toCode } from '../text/markdown';

/** More workloads than this are only counted. */
const MAX_LISTED = 10;

const EFFECTS: Readonly<Record<PssMode, string>> = {
  enforce:
    'A pod that breaks it is rejected. A Deployment or another controller is accepted all the same, but its pods are not.',
  audit: 'A pod that breaks it runs; the audit log of the API server notes it.',
  warn: 'A pod that breaks it runs; whoever creates it, or its controller, is shown a warning.',
};

const OUTCOMES: Readonly<Record<PssMode, string>> = {
  enforce: 'would be rejected',
  audit: 'would be noted in the audit log',
  warn: 'would be warned about',
};

/** What the checks are about, in the order in which they are told. */
const GROUPS: Readonly<Record<string, readonly PssCheckId[]>> = {
  Privileges: ['privileged', 'allowPrivilegeEscalation', 'capabilities_baseline', 'capabilities_restricted'],
  'User and group': ['runAsNonRoot', 'runAsUser'],
  'The node': [
    'hostNamespaces',
    'hostPorts',
    'hostProbesAndHostLifecycle',
    'hostPathVolumes',
    'restrictedVolumes',
    'windowsHostProcess',
  ],
  'The kernel': [
    'seccompProfile_baseline',
    'seccompProfile_restricted',
    'appArmorProfile',
    'seLinuxOptions',
    'procMount',
    'procMount_restricted',
    'sysctls',
  ],
};

/** Explains a Pod Security label in Markdown. `toLink` gives the address of a workload's place. */
export function toNamespaceHoverText(
  report: NamespaceLabelReport,
  toLink: (workload: FailingWorkload) => string | undefined,
): string {
  const { mode, level, minor, checks } = report;
  return [
    `**Pod Security: ${mode} \`${level}\`, ${toVersionText(report)}**`,
    toRemark(report),
    checks.length === 0 ? 'Nothing is asked of pods: every one is admitted.' : EFFECTS[mode],
    toFailingText(report, toLink),
    checks.length === 0 ? '' : `What \`${level}\` asks for in v1.${minor}:\n\n${toGroups(checks)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function toVersionText({ isLatest, minor }: NamespaceLabelReport): string {
  return isLatest ? `latest (here v1.${minor})` : `v1.${minor}`;
}

function toRemark({ isLevelValid, isLevelAbsent, mode, level }: NamespaceLabelReport): string {
  if (!isLevelValid) return `The level that is written is none; the API server applies \`${level}\` instead.`;
  if (!isLevelAbsent) return '';
  return `The Namespace has no level for ${mode}, so that \`${level}\` applies unless the cluster's defaults say otherwise.`;
}

function toGroups(checks: readonly PssActiveCheck[]): string {
  const lines = Object.entries(GROUPS).flatMap(([group, ids]) => {
    const titles = ids.flatMap((id) => checks.find((check) => check.id === id)?.title ?? []);
    return titles.length === 0 ? [] : [`- **${group}:** ${titles.join('. ')}.`];
  });
  return lines.join('\n');
}

function toFailingText(report: NamespaceLabelReport, toLink: (one: FailingWorkload) => string | undefined): string {
  const { namespace, workloads, judged, failing, checks, mode } = report;
  if (namespace === undefined) return '';
  const place = `namespace ${toCode(namespace)}`;
  if (workloads === 0) return `The workspace holds no workload of ${place}.`;
  if (checks.length === 0) return '';
  const total = judged < workloads ? `the first ${judged} of ${workloads}` : `${workloads}`;
  const all =
    workloads === 1
      ? `The one workload of ${place}`
      : `All ${judged < workloads ? 'of ' : ''}${total} workloads of ${place}`;
  if (failing.length === 0) return `${all} in this workspace would pass.`;
  const listed = failing.slice(0, MAX_LISTED).map((one) => toLine(one, toLink(one)));
  const more = failing.length > MAX_LISTED ? [`- and ${failing.length - MAX_LISTED} more`] : [];
  const head = `**${failing.length} of ${total} ${workloads === 1 ? 'workload' : 'workloads'}** of ${place} in this workspace ${OUTCOMES[mode]} (${toCounts(failing, checks)}):`;
  return `${head}\n\n${[...listed, ...more].join('\n')}`;
}

function toLine({ title, checks }: FailingWorkload, link: string | undefined): string {
  const name = link === undefined ? escapeMarkdown(title) : `[${escapeMarkdown(title)}](${link})`;
  return `- ${name}: ${checks.map(toName).join(', ')}`;
}

/** How many workloads fail each check, the commonest first. */
function toCounts(failing: readonly FailingWorkload[], checks: readonly PssActiveCheck[]): string {
  const counted = checks.map((check) => {
    return { check, count: failing.filter((one) => one.checks.some(({ id }) => id === check.id)).length };
  });
  return counted
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ check, count }) => `${count} × ${toName(check)}`)
    .join(', ');
}

function toName({ forbiddenReason }: PssActiveCheck): string {
  return `\`${forbiddenReason}\``;
}
