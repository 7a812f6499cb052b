import { hasDefinitions } from '../syntax/hcl/definitions';
import { isTerraformJson } from '../syntax/hcl/from-json';
import { isHclOfConcern } from '../syntax/hcl/parse';
import type { Language } from '../syntax/language';

const API_VERSION = /(?:^|[\s{,-])["']?apiVersion["']?[ \t]*:/;
const KIND = /(?:^|[\s{,-])["']?kind["']?[ \t]*:/;
const TRUST = /AssumeRole|AWS::EKS::PodIdentityAssociation/;
const STAGE = /^[ \t]*FROM[ \t]/im;

/**
 * True for a text that looks like Kubernetes objects or trust policies, whether or not it can be parsed. Only such a text is
 * worth a word when it cannot be checked, and only such a file is worth reading in the background.
 */
export function isOfConcern(text: string, language: Language): boolean {
  // Other files of a module may use what one defines.
  if (language === 'hcl') return isHclOfConcern(text) || hasDefinitions(text);
  if (language === 'dockerfile') return STAGE.test(text);
  if (API_VERSION.test(text) && KIND.test(text)) return true;
  if (language === 'json' && (isTerraformJson(text) ? isHclOfConcern(text) : isModule(text))) return true;
  if (!TRUST.test(text)) return false;
  return language === 'yaml' || /"Statement"|PodIdentityAssociation/.test(text);
}

/** True for a text in Terraform about AWS access: it says nothing of Kubernetes, but shows where roles are written. */
export function isTerraformOfIam(text: string, language: Language): boolean {
  return language === 'hcl' && /"aws_iam_(?:role|openid_connect_provider)"|"aws_eks_cluster"/.test(text);
}

/** JSON of Terraform that defines values, and little else that other JSON has too. */
function isModule(text: string): boolean {
  return (
    hasDefinitions(text, true) &&
    /^\s*\{\s*"(?:\/\/|terraform|provider|locals|variable|data|resource|module|output)"\s*:/.test(text)
  );
}
