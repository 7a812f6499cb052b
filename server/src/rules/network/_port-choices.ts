import type { Fix, Operation } from '../../engine/operation';
import { isNear } from '../../model/network/near-label';
import { editDistance } from '../../text/distance';
import type { PortCase } from './_ports';

/** What the name of a port that is not found may stand for. */
export interface PortChoices {
  /** What was most likely meant, in words. */
  readonly suggestion: string | undefined;
  readonly fixes: readonly Fix[];
}

/**
 * Names of the containers' ports that are nearly so written, and where a Service's port of the name leads; the protocol in which
 * there is such a name; and else the only port that it can be.
 */
export function getChoices({ at, pods, servicePorts, protocol }: PortCase, wanted: string): PortChoices {
  const all = pods.flatMap((pod) => pod.ports);
  const ports = all.filter((port) => port.protocol === protocol);
  const names = new Set(ports.flatMap(({ name }) => name ?? []));
  const near = [...names].filter((name) => isNearPort(wanted, name));
  const targets = servicePorts.filter(({ port }) => port.name === wanted).map(({ port }) => port.targetPort);
  const meant = new Set([...near, ...targets.filter((target) => typeof target === 'number' || names.has(target))]);
  const [first] = meant;
  const change = (value: string | number) => toFix(`Change it to ${value}`, { op: 'set', at, value });
  if (first !== undefined) return { suggestion: JSON.stringify(first), fixes: [...meant].map(change) };
  const [other, ...others] = new Set(all.filter(({ name }) => name === wanted).map((port) => port.protocol));
  const written = at.parent?.get('protocol');
  if (other !== undefined && others.length === 0 && written) {
    const fix = toFix(`Set protocol: ${other}`, { op: 'set', at: written, value: other });
    return { suggestion: `protocol ${other}`, fixes: [fix] };
  }
  const [only, ...rest] = names.size > 0 ? names : new Set(ports.map(({ port }) => port));
  if (only === undefined || rest.length > 0) return { suggestion: undefined, fixes: [] };
  const what = typeof only === 'string' ? `the only ${protocol} port with a name` : `the only ${protocol} port`;
  return { suggestion: undefined, fixes: [toFix(`Change it to ${only}, ${what}`, { op: 'set', at, value: only })] };
}

const toFix = (title: string, operation: Operation): Fix => ({ title, safety: 'unsafe', operations: [operation] });

/** Names of ports are short: in `htp` a letter is missing, and two change places in `wbe`. Another letter makes another word (`api`, `app`). */
function isNearPort(wanted: string, name: string): boolean {
  if (isNear(wanted, name)) return true;
  const [a, b] = [wanted, name].map((text) => text.replace(/\d/g, ''));
  if (a === b || Math.min(wanted.length, name.length) < 2 || editDistance(wanted, name, 1) > 1) return false;
  return wanted.length !== name.length || isShuffled(wanted, name);
}

const isShuffled = (a: string, b: string) => [...a].sort().join('') === [...b].sort().join('');
