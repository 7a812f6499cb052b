import { editDistance } from '../../text/distance';

/**
 * The candidate that a misspelt word most likely stands for, or undefined when none is near: at most a third of the word's
 * letters may differ (two neighbours that changed places count as one), whatever their case. The first of equals wins.
 */
export function getNearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** A sentence to put behind a complaint about a misspelt word, with a blank before it; '' when nothing is near. */
export function toSuggestion(word: string, candidates: Iterable<string>): string {
  const nearest = getNearest(word, candidates);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
