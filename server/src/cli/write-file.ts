import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { toSystemReason } from './problem';

/**
 * Replaces a file's bytes, whole or not at all: they are written beside it and put in its place. Mode and owner stay; a link
 * stays a link. Returns why it could not be done, or undefined when it was. A file that no longer holds `expected` is left alone:
 * someone else has written it since.
 */
export function replaceFile(path: string, bytes: Uint8Array, expected: Uint8Array): string | undefined {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    if (!isEqual(readFileSync(target), expected)) return 'it has been changed by someone else in the meantime';
    const { mode, uid, gid } = statSync(target);
    // The place beside it may be writable where the file is not meant to be.
    accessSync(target, constants.W_OK);
    const beside = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.tmp`);
    // `wx`: never through a link or over a file that someone else has put there.
    const descriptor = openSync(beside, 'wx', mode & 0o777);
    temporary = beside;
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      keepOwner(descriptor, uid, gid);
      // The mode asked for at opening is cut by the umask.
      fchmodSync(descriptor, mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, target);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return toSystemReason(error);
  }
}

function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only root may give files away; for anyone else the file is theirs already, or becomes so as with any editor.
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
