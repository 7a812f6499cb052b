import { FAMILY_USERS, IMAGE_USERS, ROOT_IMAGES } from '../../standards/image-users';
import type { Ref, Step } from '../../syntax/ref';
import { readAddedUsers } from './added-users';
import { expand, readStages, readValues, type Stage } from './instructions';

/** Who a container of an image starts as. */
export type ImageUser =
  /** By name, which does not tell its number; `uid` where the Dockerfile gives it one. */
  | { readonly kind: 'named'; readonly name: string; readonly uid: number | undefined; readonly path: readonly Step[] }
  /** Root: USER 0, or no USER at all above a base that has none. */
  | { readonly kind: 'root'; readonly base: string | undefined; readonly path: readonly Step[] }
  | { readonly kind: 'numeric' }
  | { readonly kind: 'unknown' };

const UNKNOWN: ImageUser = { kind: 'unknown' };

/** Who the image of a Dockerfile's last stage starts as, as the container runtime reads the image's configuration. */
export function readImageUser(root: Ref): ImageUser {
  const { stages, globals } = readStages(root);
  const chain: Stage[] = [];
  let stage = stages.at(-1);
  for (let limit = stages.length; stage && limit > 0; limit--) {
    chain.push(stage);
    const current = stage;
    const user = current.instructions.findLast(({ keyword }) => keyword === 'USER');
    if (user) {
      const written = expand(user.arguments[0] ?? '', readValues(current, globals));
      // The user of `user:group`.
      const name = written?.split(':')[0];
      if (!name || user.arguments.length !== 1) return UNKNOWN;
      if (/^\d+$/.test(name)) {
        return Number(name) === 0 ? { kind: 'root', base: undefined, path: user.path } : { kind: 'numeric' };
      }
      return { kind: 'named', name, uid: getUid(name, stages, current, globals), path: user.path };
    }
    const base = expand(current.base, globals);
    if (base === undefined) return UNKNOWN;
    const before: readonly Stage[] = stages.slice(0, stages.indexOf(current));
    stage = before.findLast(({ name }) => name === base.toLowerCase());
    if (!stage) {
      const image = toOfficialName(base);
      return ROOT_IMAGES.has(image) ? { kind: 'root', base: image, path: [] } : UNKNOWN;
    }
  }
  return UNKNOWN;
}

/** The one id that the Dockerfile gives to a user, in whichever stage, or that its base brings. */
function getUid(name: string, stages: readonly Stage[], stage: Stage, globals: ReadonlyMap<string, string>) {
  const ids = new Set(stages.flatMap((one) => readAddedUsers(one).get(name) ?? []));
  if (ids.size > 1) return undefined;
  const [uid] = ids;
  const base = expand(stage.base, globals) ?? '';
  const family = FAMILY_USERS.find(({ prefix }) => base.startsWith(prefix));
  const users = { ...family?.users, ...getOwn(IMAGE_USERS, toOfficialName(base)) };
  const known = uid ?? getOwn(users, name);
  return known === 0 ? undefined : known;
}

function getOwn<V>(table: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The name of an official image, without what may stand around it; the image itself for any other. */
function toOfficialName(image: string): string {
  const name = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return name.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
}
