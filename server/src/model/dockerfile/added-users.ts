import type { Stage } from './instructions';

/** Options of useradd and adduser that take a value of their own after a blank. */
const WITH_VALUE =
  /^(?:-[bcdefgGhkKmMpRPsSuZ]|--(?:base-dir|comment|home|home-dir|expiredate|gid|groups|ingroup|shell|uid|password|root|prefix|gecos|skel|key))$/;

/** The user ids that a stage's RUN instructions give to users by name: `useradd -u 1000 app`, `adduser --uid 1000 app`. */
export function readAddedUsers(stage: Stage): ReadonlyMap<string, number> {
  const users = new Map<string, number>();
  for (const { keyword, arguments: args } of stage.instructions) {
    if (keyword !== 'RUN') continue;
    const words = args.flatMap((arg) => arg.split(/(;|&&|\|\|)/)).filter((word) => word !== '');
    let start = 0;
    for (let i = 0; i <= words.length; i++) {
      if (i < words.length && !/^(?:;|&&|\|\|?|\{|\}|\\)$/.test(words[i] ?? '')) continue;
      addUser(words.slice(start, i), users);
      start = i + 1;
    }
  }
  return users;
}

function addUser(words: readonly string[], users: Map<string, number>): void {
  const at = words.findIndex((word) => /(?:^|\/)(?:useradd|adduser)$/.test(word));
  if (at < 0) return;
  let uid: number | undefined;
  const names: string[] = [];
  for (let i = at + 1; i < words.length; i++) {
    const word = words[i] ?? '';
    const [, long] = /^--uid=(\d+)$/.exec(word) ?? [];
    const [, short] = /^-u(\d+)$/.exec(word) ?? [];
    if (long !== undefined || short !== undefined) uid = Number(long ?? short);
    // Letters of options without a value may stand before it: -ru 1000.
    else if (word === '--uid' || /^-[a-zA-Z]*u$/.test(word)) uid = toId(words[++i]);
    else if (WITH_VALUE.test(word) && !isFlag(word, words[at] ?? '')) i++;
    else if (!word.startsWith('-')) names.push(word);
  }
  // The group may follow the user (`adduser app staff`): then the first is the one.
  if (uid !== undefined && names[0] !== undefined) users.set(names[0], uid);
}

/** `-m`, `-M` of useradd and `-S`, `-D` of BusyBox take no value. */
function isFlag(option: string, command: string): boolean {
  return command.endsWith('useradd') ? /^-[mMSP]$/.test(option) : /^-[SDHmMPe]$/.test(option);
}

function toId(word: string | undefined): number | undefined {
  return word !== undefined && /^\d+$/.test(word) ? Number(word) : undefined;
}
