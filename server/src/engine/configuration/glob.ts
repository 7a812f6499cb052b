import picomatch from 'picomatch/posix';

/** Tells whether a path is meant: relative, with forward slashes, no `./` before it. */
export type PathMatcher = (path: string) => boolean;

const compiled = new WeakMap<readonly string[], PathMatcher>();

/**
 * The matcher of a list of globs. As in .gitignore, a glob without a slash is looked for at any depth, and one that names a
 * folder means everything below it. Unlike there, no glob takes back what another one says.
 */
export function toPathMatcher(globs: readonly string[]): PathMatcher {
  const known = compiled.get(globs);
  if (known) return known;
  const matcher = compile(globs.map(normalize));
  compiled.set(globs, matcher);
  return matcher;
}

/** The same for globs of which one without a slash means what stands at the top. */
export function toExactMatcher(globs: readonly string[]): PathMatcher {
  return compile(globs);
}

function compile(globs: readonly string[]): PathMatcher {
  const isMatch = globs.map((glob) => picomatch(glob, { dot: true, noextglob: true }));
  return (path) => getSelfAndFolders(path).some((part) => isMatch.some((match) => match(part)));
}

/** Why a glob cannot be used, or undefined when it can. */
export function getGlobProblem(glob: string): string | undefined {
  if (normalize(glob) === '') return 'A pattern must name something; this one is empty.';
  if (glob.startsWith('/') || glob.startsWith('../')) {
    return 'A pattern is read relative to the folder of the configuration file and cannot leave it.';
  }
  if (glob.startsWith('!')) return 'A pattern cannot be negated with "!"; write what is meant instead.';
  if (glob.includes('\\')) return 'A pattern separates folders with "/", on every system.';
  try {
    picomatch(normalize(glob));
    return undefined;
  } catch {
    return 'This is no pattern that can be matched.';
  }
}

function normalize(glob: string): string {
  const bare = glob.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  return bare === '' || bare.includes('/') ? bare : `**/${bare}`;
}

/** `a/b/c` gives `a/b/c`, `a/b` and `a`. */
function getSelfAndFolders(path: string): string[] {
  const parts = [path];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    parts.push(path.slice(0, slash));
  }
  return parts;
}
