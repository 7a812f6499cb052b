import { toSubject } from '../../model/iam/subject';
import { quoteText } from '../../syntax/hcl/template';
import { writeText } from '../../syntax/hcl/write';
import type { SetupAccount } from './account';
import { ACTION, type Issuer } from './write-policy';

/** What the blocks of a role in Terraform are made of. */
export interface TerraformRole {
  readonly issuer: Issuer;
  readonly account: SetupAccount;
  readonly roleName: string;
  /** The name of both blocks within the module. */
  readonly label: string;
  /** How the placeholders in the issuer are written in the module. */
  readonly placeholders: ReadonlyMap<string, string>;
}

/** The blocks of a role and of the policy document that it trusts by, without a line break at the end. */
export function toTerraformRole(
  { issuer, account, roleName, label, placeholders }: TerraformRole,
  eol: string,
): string {
  const quote = (text: string) => quoteText(text, placeholders);
  const condition = (claim: string, value: string) => [
    '',
    '    condition {',
    '      test     = "StringEquals"',
    `      variable = ${quote(`${issuer.provider}:${claim}`)}`,
    `      values   = [${quote(value)}]`,
    '    }',
  ];
  return [
    `data "aws_iam_policy_document" "${label}_trust" {`,
    '  statement {',
    `    actions = ["${ACTION}"]`,
    '',
    '    principals {',
    '      type        = "Federated"',
    `      identifiers = [${writeText(issuer.federated, placeholders)}]`,
    '    }',
    ...condition('sub', toSubject(account)),
    ...condition('aud', account.audience),
    '  }',
    '}',
    '',
    `resource "aws_iam_role" "${label}" {`,
    `  name               = ${quote(roleName)}`,
    `  assume_role_policy = data.aws_iam_policy_document.${label}_trust.json`,
    '}',
  ].join(eol);
}

/** A name for blocks that stands in none of the texts of a module. */
export function toFreeLabel(roleName: string, texts: readonly string[]): string {
  const base = roleName.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_');
  const isTaken = (label: string) =>
    texts.some((text) => text.includes(`"${label}"`) || text.includes(`"${label}_trust"`));
  for (let n = 1; ; n++) {
    const label = n === 1 ? base : `${base}_${n}`;
    if (!isTaken(label)) return label;
  }
}
