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

/** True for a text in Terraform about AWS access: it says nothing of Kubernetes, but shows where roles are written. */
export function isTerraformOfIam(text: string, language: Language): boolean {
  return language === 'hcl' && /"aws_iam_(?:role|openid_connect_provider)"|"aws_eks_cluster"/.test(text);
}
