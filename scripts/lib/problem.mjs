import { constants } from 'node:os';

/** A fault that the person at the keyboard can act on: its message is printed without a stack. */
export class Problem extends Error {}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ending through process.exit lets 'exit' listeners end the children that were started. */
const exitOnSignal = (signal) => process.exit(128 + constants.signals[signal]);

/**
 * Runs a script's main function and turns its outcome into the process's exit code:
 * the number it returns, or 1 after an error. Problems print as one message, bugs with their stack.
 * @param {() => Promise<number | void> | number | void} main
 */
export async function runMain(main) {
  for (const signal of signals) process.on(signal, exitOnSignal);
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Problem ? `\nerror: ${error.message}` : error);
    process.exitCode = 1;
  }
  for (const signal of signals) process.removeListener(signal, exitOnSignal);
}

/**
 * Resolves when the person (Ctrl+C) or the system asks this process to stop; from the call on, only that happens.
 * So does the end of the process that started this one: npm and its shell do not pass a SIGTERM on.
 */
export function untilStopped() {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.removeListener(signal, exitOnSignal);
      process.on(signal, resolve);
    }
    setInterval(() => process.ppid !== parent && resolve(undefined), 1_000).unref();
  });
}
