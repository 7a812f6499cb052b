/** Tags that are meant to move. A version such as 1.4 may move as well, but says what is wanted. */
const MOVING_TAGS: ReadonlySet<string> = new Set([
  'latest',
  'main',
  'master',
  'develop',
  'dev',
  'nightly',
  'edge',
  'canary',
  'unstable',
  'snapshot',
]);

/** True for a tag that is meant to move. */
export function isMovingTag(tag: string): boolean {
  return MOVING_TAGS.has(tag.toLowerCase());
}
