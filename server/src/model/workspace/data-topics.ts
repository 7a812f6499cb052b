import type { DataUse } from '../kubernetes/data-references';

/** What of a cluster's configuration has keys and is referred to by pods. */
export type DataKind = 'Secret' | 'ConfigMap';

/** A Secret or ConfigMap that is written here, or made by what is written here. Key: that of `toObjectKey`. */
export interface DataFact {
  readonly kind: DataKind;
  readonly name: string;
  /** As written; undefined where none is written or it is not known. */
  readonly namespace: string | undefined;
  /** Undefined where it may have other keys than are known here. */
  readonly keys: readonly string[] | undefined;
}

/** An object whose operator names Secrets and ConfigMaps after it. Key: always `all`. */
export interface NamesakeFact {
  readonly name: string;
}

/** A ConfigMap as a pod takes it. Key: that of `toObjectKey`. Its path leads to what names it: `configMapKeyRef`, `configMap`, … */
export interface DataUseFact {
  /** As the object writes it. */
  readonly namespace: string | undefined;
  readonly use: DataUse;
  /** The keys that it takes; none where all are meant. */
  readonly keys: readonly string[];
}

/** Topics of Secrets and ConfigMaps, with the shapes of their facts. */
export interface DataTopics {
  readonly data: DataFact;
  readonly 'data-use': DataUseFact;
  readonly namesake: NamesakeFact;
}
