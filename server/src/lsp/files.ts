/** Something in a folder. A link to a file counts as one; linked folders are left out. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A file as it is on the disk. */
export interface Reading {
  /** Undefined when it is too long or no text. */
  readonly text: string | undefined;
  readonly stamp: string;
}

/** How the server reads what is not open. Nothing rejects: what cannot be read is not there. */
export interface FileAccess {
  /** What is in a folder, in the order of names. */
  list(uri: string): Promise<readonly Entry[]>;
  /** The text of a file, decoded; undefined when it cannot be read, is longer than `limit` bytes or is no text. */
  read(uri: string, limit: number): Promise<string | undefined>;
  /**
   * The same with a stamp that differs whenever the file does. `unchanged` where the stamp is still `stamp`: the file is not
   * read then.
   */
  readChanged(uri: string, limit: number, stamp: string | undefined): Promise<Reading | 'unchanged' | undefined>;
  /** What stands at an address. */
  kindOf(uri: string): Promise<Entry['kind'] | undefined>;
}

/** For a server that cannot reach any file. */
export const NO_FILES: FileAccess = {
  list: async () => [],
  read: async () => undefined,
  readChanged: async () => undefined,
  kindOf: async () => undefined,
};

/** Decodes a file as editors do: UTF-8, or UTF-16 when its byte order mark says so; undefined for anything with a NUL. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  const text = new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
  return text.includes('\u0000') ? undefined : text;
}
