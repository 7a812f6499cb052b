import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { getNetworkHover } from '../../server/src/engine/network-hover';
import { openProject, toUri } from '../harness/lint-text';

const CORPUS = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const FOLDER = join(CORPUS, 'real/ahmetb+kubernetes-network-policy-recipes');
const isPresent = existsSync(FOLDER);

if (!isPresent) console.warn(`No recipes at ${FOLDER} (BREAKWATER_CORPUS names the corpus): not compared.`);

const OUT = 'Egress is not restricted by this policy.';
const IN = 'Ingress is not restricted by this policy.';
const DNS = 'pods `k8s-app=kube-dns` of namespace `kube-system` at UDP 53 and TCP 53. Nothing else goes out';

/** What has to be said of each recipe, by the beginning of its file's name. */
const RECIPES: Readonly<Record<string, readonly string[]>> = {
  '01-': ['Pods `app=web` of this namespace accept no connections', OUT],
  '02-': [
    'Pods `app=bookstore,role=api` of this namespace accept connections at every port from pods `app=bookstore` of this namespace. Nothing else comes in',
    OUT,
  ],
  '02a-': ['Pods `app=web` of this namespace accept every connection', OUT],
  '03-': ['All pods of this namespace accept no connections', OUT],
  '04-': [
    'All pods of this namespace accept connections at every port from all pods of this namespace. Nothing else',
    OUT,
  ],
  '05-': ['Pods `app=web` of this namespace accept connections at every port from all pods of every namespace', OUT],
  '06-': ['accept connections at every port from all pods of namespaces with `purpose=production`. Nothing else', OUT],
  '07-': ['from pods `type=monitoring` of namespaces with `team=operations`. Nothing else comes in', OUT],
  '08-': ['Pods `app=web` of this namespace accept every connection, from everyone', OUT],
  '09-': [
    'Pods `app=apiserver` of this namespace accept TCP 5000 from pods `role=monitoring` of this namespace. Nothing',
    OUT,
  ],
  '10-': [
    'pods `app=bookstore,role=search` of this namespace, pods `app=bookstore,role=api` of this namespace or pods `app=inventory,role=web` of this namespace. Nothing else',
    OUT,
  ],
  '11-deny-egress-traffic-from-an-application-0': ['Pods `app=foo` of this namespace may connect to nothing', IN],
  '11-deny-egress-traffic-from-an-application-1': [`Pods \`app=foo\` of this namespace may connect to ${DNS}`, IN],
  '12-': ['All pods of this namespace may connect to nothing', IN],
  '14-': [`Pods \`app=foo\` of this namespace may connect to ${DNS}`, IN],
};

describe.skipIf(!isPresent)('recipes for network policies', () => {
  const names = isPresent ? readdirSync(FOLDER).sort() : [];

  test('each of them is in the table, and the table has no other', () => {
    const keys = Object.keys(RECIPES);
    expect(names.filter((name) => keys.filter((key) => name.startsWith(key)).length !== 1)).toEqual([]);
    expect(keys.filter((key) => !names.some((name) => name.startsWith(key)))).toEqual([]);
  });

  test.each(names)('%s', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const found = getNetworkHover(openProject({ [name]: text }), toUri(name), text.indexOf('NetworkPolicy'));
    const [, words = []] = Object.entries(RECIPES).find(([key]) => name.startsWith(key)) ?? [];
    expect(words.length).toBeGreaterThan(0);
    for (const part of words) expect(found?.markdown).toContain(part);
  });
});
