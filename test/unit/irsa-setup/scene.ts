import { getIrsaOffer, setUpIrsa } from '../../../server/src/engine/irsa-setup';
import type { Settings } from '../../../server/src/engine/settings';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import { toSubject } from '../../../server/src/model/iam/subject';
import { listSubjects } from '../../../server/src/model/iam/subjects';
import { checkFile, openProject, toUri } from '../../harness/lint-text';
import { applyAll } from '../../harness/prove-fix';
import { PROVIDER } from '../iam/policy';

/** Files by name. */
export type Files = Readonly<Record<string, string>>;

/** Who a trust policy is asked about. */
const OTHERS = [
  { namespace: 'shop', name: 'web' },
  { namespace: 'shop', name: 'api' },
  { namespace: 'shop', name: 'default' },
  { namespace: 'tools', name: 'web' },
  { namespace: 'default', name: 'web' },
];

/** A workload without an account, with comments. */
export const WORKLOAD = `# The shop's front page.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop # where it lives
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers: # the only one
        - name: web
          image: registry.example.com/shop/web:3.2.1
`;

/** A ServiceAccount, with a role if one is given. */
export function toAccount(name: string, role?: string, namespace = 'shop'): string {
  const annotations = role === undefined ? '' : `\n  annotations:\n    eks.amazonaws.com/role-arn: ${role}`;
  return `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}${annotations}\n`;
}

/** What a new account is written as. */
export function toNewAccount(name: string, role: string): string {
  return `${toAccount(name, role)}automountServiceAccountToken: false\n`;
}

/** A trust policy as JSON that admits one account. */
export function toTrust(subject: string, provider = PROVIDER, accountId = '111122223333'): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${provider}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${provider}:sub`]: subject, [`${provider}:aud`]: 'sts.amazonaws.com' } },
      },
    ],
  };
  return `${JSON.stringify(policy, null, 2)}\n`;
}

/** What is offered where `needle` stands first in a file. */
export function offerAt(files: Files, file: string, needle: string, settings: Partial<Settings> = {}) {
  const project = openProject(files, settings);
  return getIrsaOffer(project, toUri(file), (files[file] ?? '').indexOf(needle));
}

/**
 * The files after IRSA was set up where `needle` stands. Proves on the way what holds for every setup: nothing else changes, no
 * rule finds more than before, nothing is offered again, and the policy that names the account admits it alone.
 */
export function setUpAt(
  files: Files,
  file: string,
  needle: string,
  settings: Partial<Settings> = {},
): Record<string, string> {
  const project = openProject(files, settings);
  const offer = offerAt(files, file, needle, settings);
  if (!offer || offer.reason !== undefined) throw new Error(`not offered: ${offer?.reason}`);
  const place = getIrsaOffer(project, toUri(file), (files[file] ?? '').indexOf(needle))?.place;
  const setup = place && setUpIrsa(project, place);
  if (!setup || 'reason' in setup) throw new Error(`"${offer.title}" cannot be done: ${setup?.reason}`);
  const after = applyAll(files, setup.files, offer.title);
  for (const [name, text] of Object.entries(files)) {
    let at = 0;
    for (const line of text.split('\n')) {
      // A list of subjects may have taken the place of one, and the account that of the default.
      if (/:sub"|serviceAccount: default/.test(line)) continue;
      const found = after[name]?.indexOf(line.replace(/[\]}\s]+$/, ''), at) ?? -1;
      if (found === -1) throw new Error(`the line "${line}" of ${name} is lost\n${after[name]}`);
      at = found;
    }
  }
  const [before, then] = [countFindings(files, settings), countFindings(after, settings)];
  for (const [rule, count] of then) {
    if (!PLACEHOLDERS.includes(rule) && count > (before.get(rule) ?? 0)) {
      throw new Error(`${rule} finds more than before\n${Object.values(after).join('\n')}`);
    }
  }
  const again = offerAt(after, file, needle, settings);
  if (again) throw new Error(`offered again: ${again.title} ${again.reason ?? ''}\n${Object.values(after).join('\n')}`);
  return after;
}

/** The rules that speak of what is still to be filled in, in policies and in annotations. */
export const PLACEHOLDERS: readonly string[] = ['irsa-placeholder-left', 'irsa-role-arn-placeholder'];

/** How often each rule finds something in files. */
export function countFindings(files: Files, settings: Partial<Settings> = {}): Map<string, number> {
  const project = openProject(files, settings);
  const counts = new Map<string, number>();
  for (const file of Object.keys(files)) {
    const report = checkFile(project, file);
    if (report.unchecked.length > 0) throw new Error(`${file}: ${report.unchecked[0]?.message}\n${files[file]}`);
    for (const { rule } of report.findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

/** Of some accounts those that a policy which names a given one may admit: `shop:web`, with a `?` where it cannot be told. */
export function admittedBy(files: Files, namespace: string, name: string): string[] {
  const own = toSubject({ namespace, name });
  const policies = openProject(files).ask((workspace) => workspace.all('trust-policy').map(({ value }) => value));
  const naming = policies.filter((policy) => listSubjects(policy).some(({ text }) => text === own));
  return naming.flatMap((policy) =>
    OTHERS.flatMap((other) => {
      const verdict = evaluatePolicy(policy, { ...other, audience: 'sts.amazonaws.com' });
      return verdict === 'no' ? [] : [`${other.namespace}:${other.name}${verdict === 'yes' ? '' : '?'}`];
    }),
  );
}
