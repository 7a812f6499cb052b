import type { FindingCount, NamespaceSummary } from '../engine/navigation/namespace-lens';

/** What a lens over a Namespace says: `4 workloads · 1 error, 3 warnings · default-deny for ingress only`. */
export function toCodeLensTitle({ workloads, lacking }: NamespaceSummary, { errors, warnings }: FindingCount): string {
  const found = [toCount(errors, 'error'), toCount(warnings, 'warning')].filter((part) => part !== undefined);
  return [
    toCount(workloads, 'workload') ?? 'no workloads',
    found.length > 0 ? found.join(', ') : 'no violations',
    toDefaultDeny(lacking),
  ].join(' \u00b7 ');
}

function toCount(count: number, what: string): string | undefined {
  return count === 0 ? undefined : `${count} ${what}${count === 1 ? '' : 's'}`;
}

function toDefaultDeny(lacking: NamespaceSummary['lacking']): string {
  if (lacking.length === 0) return 'default-deny for ingress and egress';
  if (lacking.length === 2) return 'no default-deny';
  return `default-deny for ${lacking.includes('Ingress') ? 'egress' : 'ingress'} only`;
}
