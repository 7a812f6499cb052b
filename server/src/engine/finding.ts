import type { Place } from '../model/workspace/fact';
import type { Span } from '../text/span';
import type { Fix, ResourceName } from './operation';
import type { Category } from './rule';
import type { Severity } from './settings';

/** What a rule found, in units of its document's text: the file moves it, nothing recomputes it. */
export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly resource: ResourceName | undefined;
  readonly standards: readonly string[];
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly fixes: readonly Fix[];
  /** Stable among the findings of one file: rule, object, route. A code action finds its fix by this. */
  readonly key: string;
}

/** What could not be checked, and why. */
export interface Unchecked {
  readonly message: string;
  readonly span: Span;
}
