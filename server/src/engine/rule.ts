import type { TrustPolicy, TrustStatement } from '../model/iam/trust-policy';
import type { Container, PodTemplate } from '../model/kubernetes/pod';
import type { PolicyRule } from '../model/kubernetes/rbac';
import type { Resource } from '../model/kubernetes/resource';
import type { Place } from '../model/workspace/fact';
import type { Workspace } from '../model/workspace/workspace';
import type { StandardId } from '../standards/catalogue';
import type { PssActiveCheck, PssCheckId } from '../standards/pss';
import type { Ref } from '../syntax/ref';
import type { Span } from '../text/span';
import type { Fix } from './operation';
import type { Settings, Severity } from './settings';

/** Where a rule belongs: the folder of its file and the `category` of the report. */
export type Category =
  | 'pod-security'
  | 'pod-hardening'
  | 'namespace'
  | 'rbac'
  | 'network'
  | 'irsa'
  | 'service-account'
  | 'secrets'
  | 'image'
  | 'dockerfile'
  | 'ci'
  | 'policy'
  | 'yaml'
  | 'suppression';

/** What a rule says: where, what is wrong in the user's own names, and what would mend it. */
export interface Report {
  /** What is pointed at; what is absent points at the nearest thing above it that is there. */
  readonly at: Ref;
  /** A part of `at`'s text to point at instead, in units of the document's text. */
  readonly span?: Span;
  readonly message: string;
  /** Overrides the rule's severity. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** The preferred fix first. */
  readonly fixes?: readonly Fix[];
  /** The object the finding is about, where it is not the one visited. */
  readonly resource?: Resource;
}

/** What a rule is called for, and with what. Nodes come in document order. */
export interface VisitedNodes {
  /** The root of every document that could be read, Kubernetes or not. */
  readonly document: Ref;
  /** The root of one that could not be read, such as a template: only its text is known, and nothing that is to be missing. */
  readonly unread: Ref;
  readonly resource: Resource;
  readonly pod: PodTemplate;
  /** Init, regular and ephemeral containers, in the API server's order. */
  readonly container: Container;
  /** One entry of `rules` in a Role or ClusterRole. */
  readonly policyRule: PolicyRule;
  readonly trustPolicy: TrustPolicy;
  readonly trustStatement: TrustStatement;
}

export type NodeKind = keyof VisitedNodes;

/** What a rule may ask beside its node. */
export interface RuleContext<Check extends PssCheckId = PssCheckId> {
  readonly settings: Settings;
  /** The workspace's facts; what is asked here decides when the rule runs again. */
  readonly workspace: Workspace;
  /** URI of the file that is read. */
  readonly uri: string;
  /** Identity of the document that is read, to tell its own facts from those of others. */
  readonly document: string;
  /** The check in force for this pod, with its version's data; only for rules that declare `check`. */
  readonly check: PssActiveCheck<Check>;
}

export type Visitor<K extends NodeKind, Check extends PssCheckId = PssCheckId> = (
  node: VisitedNodes[K],
  context: RuleContext<Check>,
) => Iterable<Report>;

export type Visitors<Check extends PssCheckId = PssCheckId> = { readonly [K in NodeKind]?: Visitor<K, Check> };

/** An example of a rule's documentation: a file, or several by name when the rule reads across files. */
export type Example = string | Readonly<Record<string, string>>;

/** What the rule's page, hover and report say. All text is Markdown. */
export interface RuleDocs {
  /** One sentence: what is found. */
  readonly what: string;
  /** Why it matters, for someone who has to be persuaded. */
  readonly why: string;
  /** What to do, and what to look out for. */
  readonly remedy: string;
  /** Gives exactly one finding of this rule. */
  readonly flags: Example;
  /** Gives none. */
  readonly passes: Example;
  /** What has to be configured for the rule to speak, such as in its examples. */
  readonly settings?: Partial<Settings>;
}

/** One check. Its id names the bad state and is the file's stem. */
export interface Rule<Check extends PssCheckId = PssCheckId> {
  readonly id: string;
  readonly category: Category;
  /** A few words for lists: `Privileged container`. */
  readonly title: string;
  readonly severity: Severity;
  /** How sure a finding is to be a fault: of the standard's letter, or of what people usually mean. */
  readonly confidence: 'high' | 'medium' | 'low';
  /** Whether findings come with a fix. */
  readonly fixable: 'always' | 'sometimes' | 'never';
  /** False for a rule that is off until someone turns it on. */
  readonly isDefault?: boolean;
  readonly standards: readonly StandardId[];
  /** The Pod Security check that the rule decides; it then runs only for pods for which the check is in force. */
  readonly check?: Check;
  readonly docs: RuleDocs;
  readonly visit: Visitors<Check>;
}

/** Declares a rule; inference gives each visitor its node's type and a checking rule its check's data. */
export function defineRule<const Check extends PssCheckId = PssCheckId>(rule: Rule<Check>): Rule {
  // A visitor that expects one check's data is only ever called with that check (engine/run).
  return rule as unknown as Rule;
}
