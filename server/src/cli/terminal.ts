import { writeSync } from 'node:fs';
import { hasColors } from './report/style';
import { waitBriefly } from './wait';

/** Where the command line runs, and where it writes. */
export interface Terminal {
  readonly cwd: string;
  readonly hasColors: boolean;
  /** Columns of standard output; Infinity when it is no terminal. */
  readonly width: number;
  readonly output: (text: string | Uint8Array) => void;
  readonly error: (text: string) => void;
}

const WIDEST = 120;

/** The terminal of this process. Environment and streams are read here and nowhere else: they decide on looks only. */
export function getProcessTerminal(): Terminal {
  const { stdout } = process;
  return {
    cwd: process.cwd(),
    hasColors: hasColors(stdout, process.env),
    width: stdout.isTTY ? Math.max(40, Math.min(stdout.columns ?? WIDEST, WIDEST)) : Number.POSITIVE_INFINITY,
    output: (text) => write(1, text),
    error: (text) => write(2, text),
  };
}

/** Writes all of a text before it returns, so that nothing is lost when the process ends behind it. */
function write(descriptor: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader has gone (`| head`): there is no one left to write for.
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      waitBriefly();
    }
  }
}
