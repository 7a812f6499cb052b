import { getPlaceholders } from '../../syntax/hcl/parse';
import { toPlaceholder } from '../../syntax/hcl/template';
import { getOnly, type WrittenTrust } from './known';
import type { Issuer } from './write-policy';

/** An issuer, with how the placeholders in it are written. */
export interface ModuleIssuer {
  readonly issuer: Issuer;
  readonly placeholders: ReadonlyMap<string, string>;
}

/**
 * What all trust policies of a Terraform module agree on; where it has none, the one provider that it makes. Undefined where
 * neither tells: references of other modules, and those that mean another thing in each block, are none to take over.
 */
export function getModuleIssuer(trusts: readonly WrittenTrust[], texts: readonly string[]): ModuleIssuer | undefined {
  if (trusts.length === 0) return getMadeIssuer(texts);
  const placeholders = new Map(trusts.flatMap(({ tree }) => [...getPlaceholders(tree)]));
  const federated = getOnly(trusts.map((one) => one.federated));
  if (federated === undefined || isLocal(federated)) return undefined;
  const provider = getOnly(trusts.flatMap((one) => one.provider ?? []));
  if (provider !== undefined) return isLocal(provider) ? undefined : { issuer: { federated, provider }, placeholders };
  if (trusts.some((one) => one.provider !== undefined)) return undefined;
  const [, host] = /:oidc-provider\/(.+)$/.exec(federated) ?? [];
  if (host !== undefined) return { issuer: { federated, provider: host }, placeholders };
  const expression = placeholders.get(federated)?.slice('${'.length, -1).trim();
  if (expression === undefined) return undefined;
  return toReferences(federated, expression, `replace(${expression}, "/^.*oidc-provider//", "")`, placeholders);
}

/** The provider of a module that makes just one, unless it is one for pipelines. */
function getMadeIssuer(texts: readonly string[]): ModuleIssuer | undefined {
  const made = texts.flatMap((text) => [
    ...text.matchAll(/^[ \t]*resource[ \t]+"aws_iam_openid_connect_provider"[ \t]+"([\w-]+)"[^}]*/gm),
  ]);
  const [only, ...others] = made;
  if (only?.[1] === undefined || others.length > 0 || /github|gitlab|bitbucket|\b(?:for_each|count)\b/.test(only[0])) {
    return undefined;
  }
  const provider = `aws_iam_openid_connect_provider.${only[1]}`;
  const shown = toPlaceholder(`\${${provider}.arn}`);
  return toReferences(shown, `${provider}.arn`, `replace(${provider}.url, "https://", "")`, new Map());
}

function toReferences(federated: string, arn: string, host: string, known: ReadonlyMap<string, string>): ModuleIssuer {
  const template = `\${${host}}`;
  const provider = toPlaceholder(template);
  const placeholders = new Map([...known, [federated, `\${${arn}}`] as const, [provider, template] as const]);
  return { issuer: { federated, provider }, placeholders };
}

function isLocal(text: string): boolean {
  return /\b(?:each|count|self)\./.test(text);
}
