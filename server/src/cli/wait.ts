const MILLISECONDS = 5;

/** Gives way to whoever is at the other end of a pipe that is empty or full just now. */
export function waitBriefly(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MILLISECONDS);
}
