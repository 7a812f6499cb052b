import { hasPlaceholder } from '../../model/iam/placeholder';
import { isEksProvider } from '../../model/iam/provider';
import { hasWildcard } from '../../model/iam/subject';
import { normalizeProvider } from './_statement';

/** What is wrong with the ARN of a cluster's provider, in words; undefined where nothing is, or where another rule says it. */
export function getArnFault(text: string): string | undefined {
  if (hasPlaceholder(text) || hasWildcard(text) || text.includes(':saml-provider/')) return undefined;
  if (text !== text.trim()) return 'it begins or ends with a blank';
  if (/^https?:/i.test(text)) return 'it is the address of the issuer';
  if (!text.startsWith('arn:')) return isEksProvider(text) ? 'it is the host and path of the issuer' : undefined;
  const [, , service = '', region = '', account = '', ...rest] = text.split(':');
  if (service !== 'iam') return `"${service}" stands where "iam" should`;
  if (region !== '') return 'there is nothing between the two colons behind "iam"';
  if (!/^\d{12}$/.test(account)) return `"${account}" is not an account of twelve digits`;
  const resource = rest.join(':');
  if (!resource.startsWith('oidc-provider/')) return '"oidc-provider/" does not follow the account';
  const provider = resource.slice('oidc-provider/'.length);
  if (/^(https?:)?\/\//i.test(provider)) return 'the provider is named without "https://"';
  if (provider.endsWith('/')) return 'the provider is named without a slash at its end';
  return getIdFault(provider);
}

/** An id of nearly the right length lost some digits when it was copied; any other is a name of somebody's own. */
function getIdFault(provider: string): string | undefined {
  const id = isEksProvider(provider) ? /\/id\/([0-9A-F]{24,40})$/i.exec(provider)?.[1] : undefined;
  if (id === undefined || id.length === 32) return undefined;
  return `the id of a cluster has 32 digits, and "${id}" has ${id.length}`;
}

/** The provider that is meant by such a text. */
export function getMeantProvider(text: string): string {
  return normalizeProvider(text.trim());
}
