import type { Fix, Operation } from '../../engine/operation';
import type { Ref, Step } from '../../syntax/ref';
import type { OtherSecret } from './_other-fields';

/** A place of a Secret's key, and what makes the object take its value from there. */
interface Way {
  readonly secret: string;
  readonly key: string;
  readonly operations: readonly Operation[];
}

/**
 * Takes a value from a Secret where the object's own API has a field for that: variables, values of a Flux HelmRelease,
 * substitutions of a Flux Kustomization. The value is written nowhere else: somebody has to put it into the Secret.
 */
export function toOtherFixes(other: OtherSecret, root: Ref): Fix[] {
  const { resource, path } = other;
  if (!resource?.name) return [];
  const own = path.slice(resource.root.path.length);
  const at = root.get(...path);
  const way = toVariable(other, at, own) ?? toReleaseValue(other, at, own) ?? toSubstitution(other, at, own);
  if (!way) return [];
  const title = `Read it from key "${way.key}" of Secret "${way.secret}"`;
  return [{ title, safety: 'unsafe', operations: way.operations }];
}

/** Operators take the variables of their pods as the API server does; Argo CD gives its plugins names and values only. */
function toVariable({ resource, name }: OtherSecret, at: Ref, own: readonly Step[]): Way | undefined {
  const entry = at.parent;
  const isVariable = own.at(-1) === 'value' && typeof own.at(-2) === 'number' && own.at(-3) === 'env';
  if (!entry || !name || !isVariable || own.includes('values') || resource?.group === 'argoproj.io') return undefined;
  if (!entry.get('valueFrom').isAbsent || !/^[-._a-zA-Z0-9]+$/.test(name)) return undefined;
  const secret = `${resource?.name}-secrets`;
  const operations: Operation[] = [
    { op: 'set', at: entry.get('valueFrom'), value: { secretKeyRef: { name: secret, key: name } } },
    { op: 'remove', at },
  ];
  return { secret, key: name, operations };
}

/** What `helm --set` reads as it stands: no list, no escape, no number. */
const PLAIN_VALUE = /^(?!(?:true|false|null|\d+)$)[^,{}[\]\\"'\s]+$/;

/** What stands in `values` wins over what is merged into them, so that nothing may be left there. */
function toReleaseValue({ resource }: OtherSecret, at: Ref, own: readonly Step[]): Way | undefined {
  const [spec, values, ...keys] = own;
  if (!resource || !isOf(resource, 'helm.toolkit.fluxcd.io', 'HelmRelease') || spec !== 'spec' || values !== 'values')
    return undefined;
  if (!keys.every((key) => typeof key === 'string' && /^[-\w]+$/.test(key))) return undefined;
  if (!PLAIN_VALUE.test(at.string ?? '')) return undefined;
  const [secret, key] = [`${resource.name}-values`, keys.join('.')];
  const item = { kind: 'Secret', name: secret, valuesKey: key, targetPath: key };
  const operations: Operation[] = [
    { op: 'append', at: resource.spec.get('valuesFrom'), value: item },
    { op: 'remove', at, upTo: keys.length },
  ];
  return { secret, key, operations };
}

/** What stands in `substitute` wins over what is read. */
function toSubstitution({ resource }: OtherSecret, at: Ref, own: readonly Step[]): Way | undefined {
  const key = own.at(-1);
  if (!resource || !isOf(resource, 'kustomize.toolkit.fluxcd.io', 'Kustomization') || typeof key !== 'string')
    return undefined;
  if (own.slice(0, -1).join('.') !== 'spec.postBuild.substitute') return undefined;
  const secret = `${resource.name}-secrets`;
  const from = resource.spec.get('postBuild', 'substituteFrom');
  const isRead = from
    .items()
    .some((item) => item.get('kind').string === 'Secret' && item.get('name').string === secret);
  const append: Operation = { op: 'append', at: from, value: { kind: 'Secret', name: secret } };
  const operations: Operation[] = [...(isRead ? [] : [append]), { op: 'remove', at, upTo: 1 }];
  return { secret, key, operations };
}

function isOf(
  { group, kind }: { readonly group: string; readonly kind: string },
  wantedGroup: string,
  wantedKind: string,
) {
  return group === wantedGroup && kind === wantedKind;
}
