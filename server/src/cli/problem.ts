/** Wrong use or wrong configuration: the message says what and how to mend it. The command line ends with exit code 2. */
export class UsageProblem extends Error {}

/** Why the system refused to do something with a file, in plain words. */
export function toSystemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'it does not exist, or is a link that leads nowhere';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return 'it is a link that leads back to itself';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a part of its path is no folder';
    default:
      return message;
  }
}
