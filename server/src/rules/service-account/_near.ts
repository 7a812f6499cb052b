import type { RuleContext } from '../../engine/rule';
import { isTypo } from '../../model/iam/near';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import { editDistance, foldName } from '../../text/distance';
import type { PodAccount } from './_account';

type Account = Known<ServiceAccountFact>;

/** Accounts under what their names have in common with those they may be mistaken for. */
interface Candidates {
  readonly byFold: ReadonlyMap<string, readonly Account[]>;
  /** Names that only differ in digits are told apart on purpose: they need not be compared with each other. */
  readonly byLetters: ReadonlyMap<string, readonly Account[]>;
}

const MAX_CHANGES = 2;

/**
 * The ServiceAccount that a pod most likely means by a name that no account has: one of its namespace, or one beside it where
 * either leaves the namespace open.
 */
export function findMeant(account: PodAccount, { workspace, uri }: RuleContext): Account | undefined {
  const { name, namespace = 'default' } = account;
  const candidates = workspace.conclude(`service accounts near to those of ${namespace}`, (facts) =>
    toCandidates(facts, namespace),
  );
  const folder = toFolder(uri);
  return listNear(name, candidates).find(({ value, uri: other }) => {
    return (account.namespace !== undefined && value.isNamespaceWritten) || toFolder(other) === folder;
  });
}

function toCandidates(workspace: Workspace, namespace: string): Candidates {
  const isElsewhere = namespace !== 'default';
  const open = isElsewhere ? workspace.find('service-account', 'default') : [];
  const accounts = [
    ...workspace.find('service-account', namespace),
    ...open.filter(({ value }) => !value.isNamespaceWritten),
  ].filter(({ value }) => value.name !== 'default');
  return {
    byFold: groupBy(accounts, ({ value }) => foldName(value.name)),
    byLetters: groupBy(accounts, ({ value }) => toLetters(value.name)),
  };
}

/** The nearest first. */
function listNear(name: string, { byFold, byLetters }: Candidates): readonly Account[] {
  const letters = toLetters(name);
  const typos: { readonly account: Account; readonly distance: number }[] = [];
  for (const [other, accounts] of byLetters) {
    if (other === letters || editDistance(letters, other, MAX_CHANGES) > MAX_CHANGES) continue;
    for (const account of accounts) {
      if (isTypo(name, account.value.name)) typos.push({ account, distance: editDistance(name, account.value.name) });
    }
  }
  typos.sort((a, b) => a.distance - b.distance);
  return [...(byFold.get(foldName(name)) ?? []), ...typos.map(({ account }) => account)];
}

function groupBy(accounts: readonly Account[], toKey: (account: Account) => string): Map<string, Account[]> {
  const groups = new Map<string, Account[]>();
  for (const account of accounts) {
    const key = toKey(account);
    const group = groups.get(key);
    if (group) group.push(account);
    else groups.set(key, [account]);
  }
  return groups;
}

function toLetters(name: string): string {
  return name.replace(/\d+/g, '');
}

function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
