/** Whether the files of the workspace are all there is: of every namespace, of none, of those named, or as far as it shows. */
export type Completeness = 'auto' | boolean | readonly string[];

/** Objects that live elsewhere. In each text `*` stands for any run of characters and `?` for one. */
export interface ExternalObjects {
  readonly kind: string;
  /** Undefined means every namespace, and kinds that have none. */
  readonly namespace?: string;
  readonly name: string;
}

/** What a person has said of what the workspace holds and what lives elsewhere. */
export interface WorkspaceScope {
  /** Names in a list may be patterns, as in `ExternalObjects`. */
  readonly complete: Completeness;
  readonly external: readonly ExternalObjects[];
}

/** What holds where nobody has said anything. */
export const DEFAULT_SCOPE: WorkspaceScope = { complete: 'auto', external: [] };
