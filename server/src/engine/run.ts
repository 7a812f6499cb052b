import { readTrustPolicies } from '../model/iam/read-trust-policies';
import { getPodsAndFragments } from '../model/kubernetes/pod';
import { getPolicyRules } from '../model/kubernetes/rbac';
import { getEffectiveNamespace, type Resource, readResources } from '../model/kubernetes/resource';
import type { Workspace } from '../model/workspace/workspace';
import { PSS_CHECKS, type PssCheckId } from '../standards/pss';
import type { Tree } from '../syntax/node';
import { Ref } from '../syntax/ref';
import { conceal, concealRest } from './conceal';
import type { Finding } from './finding';
import type { ResourceName } from './operation';
import { type ForcedCheck, getForcedChecks } from './pod-policy';
import type { NodeKind, Report, Rule, RuleContext, VisitedNodes, Visitor } from './rule';
import type { RuleSet } from './rule-set';
import { type Settings, toNamespaceSettings } from './settings';

/** More findings than this in one document are not listed, and the result says so. */
export const MAX_FINDINGS_PER_DOCUMENT = 2_000;

/** What a document is judged with. */
export interface RunInput {
  readonly tree: Tree;
  readonly uri: string;
  readonly document: string;
  readonly rules: RuleSet;
  readonly settings: Settings;
  readonly workspace: Workspace;
}

/** What the rules say of one document, in the order of places. */
export interface RunResult {
  readonly findings: readonly Finding[];
  /** True when there are more findings than are listed. */
  readonly isCut: boolean;
}

const NOTHING: RunResult = { findings: [], isCut: false };

/** Runs every rule over one document. The tree is only read. */
export function runRules(input: RunInput): RunResult {
  const { tree } = input;
  // A Dockerfile is read for its facts only.
  if (tree.language === 'dockerfile') return NOTHING;
  const run = new Run(input);
  if (!tree.isReliable) {
    run.visit('unread', Ref.root(tree), undefined);
    return run.toResult();
  }
  if (!tree.root) return NOTHING;
  run.visit('document', Ref.root(input.tree), undefined);
  for (const resource of readResources(input.tree)) {
    const isNamespace = resource.kind === 'Namespace' && resource.group === '';
    run.settings = toNamespaceSettings(input.settings, isNamespace ? resource.name : getEffectiveNamespace(resource));
    run.visit('resource', resource, resource);
    for (const policyRule of getPolicyRules(resource)) run.visit('policyRule', policyRule, resource);
    const pods = getPodsAndFragments(resource, input.settings.podRoutes);
    if (pods.length > 0) run.forced = getForcedChecks(resource, input.workspace, run.settings);
    for (const pod of pods) {
      run.visit('pod', pod, resource);
      for (const container of pod.containers) run.visit('container', container, resource);
    }
  }
  run.settings = input.settings;
  for (const policy of readTrustPolicies(input.tree)) {
    run.visit('trustPolicy', policy, undefined);
    for (const statement of policy.statements) run.visit('trustStatement', statement, undefined);
  }
  return run.toResult();
}

class Run {
  readonly #input: RunInput;
  readonly #found = new Map<string, Finding>();
  /** The findings that a Pod Security check stands behind, with it. */
  readonly #checks = new Map<Finding, PssCheckId>();
  #isCut = false;
  /** The settings for what is being visited. */
  settings: Settings;
  /** The Pod Security checks of the pod that is being visited. */
  forced: readonly ForcedCheck[] = [];

  constructor(input: RunInput) {
    this.#input = input;
    this.settings = input.settings;
  }

  visit<K extends NodeKind>(kind: K, node: VisitedNodes[K], resource: Resource | undefined): void {
    for (const rule of this.#input.rules.byKind[kind]) {
      const setting = this.settings.rules[rule.id];
      if (setting === 'off' || (setting === undefined && rule.isDefault === false)) continue;
      const forced = rule.check === undefined ? undefined : this.forced.find(({ check }) => check.id === rule.check);
      if (rule.check !== undefined && !forced) continue;
      const visitor = rule.visit[kind] as Visitor<K>;
      const { workspace, uri, document } = this.#input;
      const context = { settings: this.settings, workspace, uri, document, check: forced?.check } as RuleContext;
      for (const report of visitor(node, context)) {
        if (this.#found.size >= MAX_FINDINGS_PER_DOCUMENT) {
          this.#isCut = true;
          return;
        }
        this.#add(rule, report, report.resource ?? resource, forced);
      }
    }
  }

  #add(rule: Rule, report: Report, resource: Resource | undefined, forced: ForcedCheck | undefined): void {
    const setting = this.settings.rules[rule.id];
    const own = forced?.severity ?? report.severity ?? rule.severity;
    const span = report.span ?? report.at.anchor;
    const name = resource && toResourceName(resource);
    const route = report.at.path.join('/');
    const identity = `${rule.id}|${name ? `${name.kind}/${name.namespace ?? ''}/${name.name ?? ''}` : ''}|${route}`;
    // One rule may say two things of one place, but the same thing only once.
    const message = conceal(report.message + (forced?.consequence ?? ''));
    const before = this.#found.get(identity);
    if (before?.message === message && before.span.start === span.start) return;
    let key = identity;
    for (let n = 2; this.#found.has(key); n++) key = `${identity}#${n}`;
    const finding: Finding = {
      rule: rule.id,
      category: rule.category,
      severity: setting && setting !== 'off' ? setting : own,
      message,
      span,
      resource: name,
      standards: forced
        ? [forced.check.standardId, ...rule.standards.filter((id) => !id.startsWith('pss/'))]
        : rule.standards,
      ...concealRest(report),
      key,
    };
    this.#found.set(key, finding);
    if (forced) this.#checks.set(finding, forced.check.id);
  }

  /**
   * The findings that say less of a fault than another at the same place: of two modes of a Namespace one demands a check, and
   * another the check that takes its place at a stricter level. The one of graver consequence stays, else the lower level's.
   */
  #findRepeated(): ReadonlySet<Finding> {
    const repeated = new Set<Finding>();
    const byPlace = new Map<string, Finding>();
    const place = ({ span }: Finding, check: PssCheckId): string => `${check}|${span.start}|${span.end}`;
    for (const [finding, check] of this.#checks) byPlace.set(place(finding, check), finding);
    for (const [finding, check] of this.#checks) {
      for (const overridden of PSS_CHECKS[check].overrides ?? []) {
        const other = byPlace.get(place(finding, overridden));
        if (other) repeated.add(finding.severity === 'error' && other.severity !== 'error' ? other : finding);
      }
    }
    return repeated;
  }

  toResult(): RunResult {
    const repeated = this.#findRepeated();
    const all = [...this.#found.values()].filter((finding) => !repeated.has(finding));
    const findings = all.sort(
      (a, b) =>
        a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : Number(a.rule > b.rule)),
    );
    return { findings, isCut: this.#isCut };
  }
}

function toResourceName({ apiVersion, kind, namespace, name }: Resource): ResourceName {
  return { apiVersion, kind, namespace, name };
}
