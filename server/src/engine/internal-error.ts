/** What is said of a file on which Breakwater itself failed: it has not been checked, and that is nobody's fault but ours. */
export function toInternalErrorMessage(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error);
  return `Not checked: Breakwater failed on this file (${detail}). This is a fault of Breakwater; please report it.`;
}
