import type { Step } from '../../syntax/ref';
import type { Topic, Topics } from './topics';

/** Names one document of the workspace for as long as it keeps its identity (an edit elsewhere does not change it). */
export type DocumentId = string;

/** Where a fact was read: a route in a document. Resolved to a ref and a range only when asked, so that moves cost nothing. */
export interface Place {
  readonly document: DocumentId;
  readonly path: readonly Step[];
}

/** What one document says of a topic: plain data, compared by value, with no offsets in it. */
export type Fact = {
  readonly [T in Topic]: {
    readonly topic: T;
    /** What within the topic questions are asked by (see topics). */
    readonly key: string;
    readonly value: Topics[T];
    /** Route of the object that the fact was read from, in its document. */
    readonly path: readonly Step[];
  };
}[Topic];

/** A fact as the workspace answers it, with its place. */
export interface Known<V> {
  readonly value: V;
  readonly place: Place;
  /** URI of the file, for messages and links. */
  readonly uri: string;
}
