import { findByFormat } from '../model/kubernetes/secrets';
import type { Fix } from './operation';
import type { Report } from './rule';

// Most messages hold no word that is long enough, and no address with a password: they need no closer look.
const MAY_HOLD = /[\w+/=.-]{20}|:\/\/[^\s"]{0,80}:[^\s"]{3,200}@/;
const MOST = 10;

/** A text in which nothing with the format of a secret can be read: a rule may quote what turns out to be one. */
export function conceal(text: string): string {
  let shown = text;
  for (let n = 0; n < MOST && MAY_HOLD.test(shown); n++) {
    const found = findByFormat(shown);
    if (!found) break;
    shown = `${shown.slice(0, found.start)}…${found.end === undefined ? '' : shown.slice(found.end)}`;
  }
  return shown;
}

/** The same for all that a report says beside its message. */
export function concealRest({ related = [], fixes = [] }: Report): { related: Report['related'] & {}; fixes: Fix[] } {
  return {
    related: related.map((one) => ({ ...one, message: conceal(one.message) })),
    fixes: fixes.map((fix) => ({ ...fix, title: conceal(fix.title) })),
  };
}
