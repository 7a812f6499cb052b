import { isHclOfConcern } from '../syntax/hcl/parse';
import type { Language } from '../syntax/language';

const API_VERSION = /(?:^|[\s{,-])["']?apiVersion["']?[ \t]*:/;
const KIND = /(?:^|[\s{,-])["']?kind["']?[ \t]*:/;
const TRUST = /AssumeRole/;
const STAGE = /^[ \t]*FROM[ \t]/im;

/**
 * True for a text that looks like Kubernetes objects or trust policies, whether or not it can be parsed. Only such a text is
 * worth a word when it cannot be checked, and only such a file is worth reading in the background.
 */
export function isOfConcern(text: string, language: Language): boolean {
  if (language === 'hcl') return isHclOfConcern(text);
  if (language === 'dockerfile') return STAGE.test(text);
  if (API_VERSION.test(text) && KIND.test(text)) return true;
  if (!TRUST.test(text)) return false;
  return language === 'yaml' || text.includes('"Statement"');
}
