import { expect } from 'vitest';
import defaultDenyMissing from '../../../server/src/rules/network/default-deny-missing';
import podNotIsolated from '../../../server/src/rules/network/pod-not-isolated';
import { inspect } from '../../harness/inspect';

/** The Namespace `shop`, of team a. */
export const SHOP = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: a } }
`;

/** A pod in it. */
export const WEB = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: app, image: "registry.example.com/app:1" }] }
`;

/** An object called p. */
export const toObject = (apiVersion: string, kind: string, spec: string, namespace?: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: p${namespace ? `, namespace: ${namespace}` : ''} }\nspec: ${spec}\n`;

/** The directions that each of the two rules says are open where this policy is the only one. */
export function findOpen(policy: string): string[] {
  return [defaultDenyMissing, podNotIsolated].map((rule) => {
    const found = inspect(rule, { 'shop.yaml': SHOP, 'web.yaml': WEB, 'policy.yaml': policy });
    expect(found.length).toBeLessThan(2);
    return /for (ingress or egress|ingress|egress)[:.]/.exec(found[0]?.message ?? '')?.[1] ?? 'none';
  });
}

/** What is open where nothing covers the namespace. */
export const ALL = 'ingress or egress';
