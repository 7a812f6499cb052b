import type { RoleRule } from '../../model/workspace/rbac-topics';
import { toRuleLines } from '../rbac-lines';
import { toBuiltInWords } from '../rbac-words';

/** What a rule of a Role (`isLocal`) or ClusterRole lets its holder do, as plain text: `read pods and services`. */
export function toPlainRuleLines(rule: RoleRule, isLocal: boolean): string[] {
  return toRuleLines(rule, isLocal).map(toPlain);
}

/** What a role of the API server lets its holder do. */
export function toPlainBuiltInWords(name: string): string {
  return toPlain(toBuiltInWords(name));
}

/** Our words on rights without their Markdown, which knows code and bold text only. */
export function toPlain(markdown: string): string {
  return markdown.replace(/\*\*([^*]+)\*\*/g, '$1').replaceAll('`', '');
}

/** The end of an address, long enough to tell files apart: `iam/reader.json`. */
export function toShortPath(uri: string): string {
  return uri
    .split('/')
    .slice(-2)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    })
    .join('/');
}

/** `3 workloads`. */
export function toCount(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
