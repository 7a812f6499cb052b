import { runGuarded } from './guard';
import type { Session } from './session';

/** Asks the client to fetch something anew. One request at a time; what changes while one is under way is said by one more. */
export function createRefresh(
  { log }: Session,
  name: string,
  canRefresh: boolean,
  ask: () => Promise<unknown>,
): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    try {
      do {
        isWanted = false;
        await ask();
      } while (isWanted);
    } finally {
      isRunning = false;
    }
  };
  return () => {
    isWanted = true;
    if (canRefresh && !isRunning) runGuarded(log, name, run);
  };
}
