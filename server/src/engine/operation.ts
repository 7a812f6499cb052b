import type { Resource } from '../model/kubernetes/resource';
import type { Place } from '../model/workspace/fact';
import type { PlainValue } from '../syntax/plain-value';
import type { Ref } from '../syntax/ref';

export type { PlainValue } from '../syntax/plain-value';

/** Where an operation works: a route of the document that the rule reads, or a place in another one. */
export type Target = Ref | Place;

/**
 * One change to a document, said as what to do and not as text. Operations may decline (a shared anchor, a shape they cannot
 * keep); a fix whose operation declines is not offered.
 */
export type Operation =
  /** Writes a value at a route, making the parents that are missing; a scalar that is there keeps its comment. */
  | { readonly op: 'set'; readonly at: Target; readonly value: PlainValue }
  /**
   * Removes an entry or item, and the parents that this leaves empty up to `upTo` steps (default 0). Of a key that is written
   * more than once `which` has to say which entry goes; routes lead to the last.
   */
  | { readonly op: 'remove'; readonly at: Target; readonly upTo?: number; readonly which?: 'first' | 'last' }
  /** Adds an item at the end of a sequence, making the sequence (and parents) that is missing. */
  | { readonly op: 'append'; readonly at: Target; readonly value: PlainValue }
  /** Gives an entry another key, leaving its value as it is. */
  | { readonly op: 'rename'; readonly at: Target; readonly key: string }
  /** Adds an object as a document of its own after the one that holds `after` (as a further item inside a List). */
  | { readonly op: 'insertDocument'; readonly after: Target; readonly value: PlainValue; readonly comment?: string }
  /** Removes the object that `at` is or lies in: its document with the marker, or its item of a List. A file stays, if empty. */
  | { readonly op: 'removeDocument'; readonly at: Target }
  /** Makes a new file beside the one that is read; declines when a file of that name is there. */
  | {
      readonly op: 'createFile';
      readonly name: string;
      readonly documents: readonly PlainValue[];
      readonly comment?: string;
    };

/** `safe`: keeps the meaning, or is what the standard demands and no program can depend on. */
export type FixSafety = 'safe' | 'unsafe';

/** A change that takes a finding away, or lessens it. */
export interface Fix {
  /** Starts with a verb, names what changes: `Set allowPrivilegeEscalation: false`. */
  readonly title: string;
  readonly safety: FixSafety;
  readonly operations: readonly Operation[];
  /** True where what it writes is, or may be, a secret: editors do it, and no report shows its text. */
  readonly isConfidential?: true;
  /** Rules that may find afterwards what was hidden before, such as a right that a wildcard held and its list now names. */
  readonly reveals?: readonly string[];
  /** True where the finding stays, less grave than it was, or saying less. */
  readonly isLessening?: true;
}

/** The resource that a finding is about, as reports name it. */
export type ResourceName = Pick<Resource, 'apiVersion' | 'kind' | 'namespace' | 'name'>;
