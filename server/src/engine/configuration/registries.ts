// Host with an optional port, then path parts: the grammar of image references (distribution/reference), without tag and digest.
const REGISTRY = /^[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[0-9]+)?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*\/?$/;

/** What is wrong with an entry of `allowedRegistries`, as a sentence; undefined for a good one. */
export function getRegistryProblem(text: string): string | undefined {
  if (REGISTRY.test(text)) return undefined;
  return 'It must be a registry, with or without a path in it, such as registry.example.com/team.';
}
