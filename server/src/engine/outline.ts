import type { Language } from '../syntax/language';
import { isOfConcern } from './concern';

/** What the text of a document seems to say that cannot be read as a whole, because of a template or faulty text. */
export interface Outline {
  /** True for what speaks of trust in AWS and is no Kubernetes object. */
  readonly isTrust: boolean;
  /** Undefined where there is none, or a template writes it. */
  readonly kind: string | undefined;
  /** All namespaces that are written in it. */
  readonly namespaces: readonly string[];
  /** True where it may have or name a namespace that is not written in it. */
  readonly isOpen: boolean;
}

const KIND = /^[ \t]*[{,]?[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z0-9]+)["']?[ \t]*(?:#.*|[,}].*)?\r?$/m;
const NAMESPACE = /["']?\bnamespace["']?[ \t]*:[ \t]*([^\n,}#]*)/g;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Groups of accounts name a namespace in another way, or mean all of them. */
const GROUP = /kind["']?[ \t]*:[ \t]*["']?Group\b/;

/** Reads the outline of such a document; undefined for one that is of no concern. */
export function readOutline(text: string, language: Language): Outline | undefined {
  if (!isOfConcern(text, language)) return undefined;
  const written = [...text.matchAll(NAMESPACE)].map(([, value = '']) => value.trim().replace(/^(["'])(.*)\1$/, '$2'));
  const namespaces = [...new Set(written.filter((value) => NAME.test(value)))];
  const isOpen = written.length === 0 || written.some((value) => !NAME.test(value)) || GROUP.test(text);
  return { isTrust: !/\bapiVersion\b/.test(text), kind: KIND.exec(text)?.[1], namespaces, isOpen };
}
