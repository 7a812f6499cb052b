// Network policies that others write into namespaces, usually into each new one.
import type { Ref } from '../../syntax/ref';
import { type DefaultDeny, readDefaultDeny } from './network-policy';
import { readForeignSpec } from './network-policy-kinds';
import type { Resource } from './resource';
import { isEmptySelector, type LabelSelector, readLabelSelector } from './selectors';

/** A policy that will be made, and where. */
export interface GeneratedPolicy extends DefaultDeny, Where {
  /** The namespace that is named; undefined: each that `Where` speaks of. */
  readonly namespace: string | undefined;
}

interface Where {
  readonly namespaceSelector: LabelSelector | undefined;
  /** Patterns of names, as Kyverno has them; undefined: all. */
  readonly namespaceNames: readonly string[] | undefined;
  readonly exceptedNames: readonly string[];
}

const EVERYWHERE: Where = { namespaceSelector: undefined, namespaceNames: undefined, exceptedNames: [] };

// A policy that is copied from the cluster, or put together by a program, could be any.
const ANY: DefaultDeny = {
  selectsAllPods: true,
  isolatesIngress: true,
  isolatesEgress: true,
  allowsAllIngress: false,
  allowsAllEgress: false,
};

const IS_POLICY = /network-?polic(y|ies)/i;

/** The network policies that an object of Kyverno or a tenant of Capsule makes. */
export function readGeneratedPolicies(resource: Resource): GeneratedPolicy[] {
  const { group, kind, spec, namespace } = resource;
  if (group === 'kyverno.io' && kind === 'ClusterPolicy') return readRules(spec, undefined);
  if (group === 'kyverno.io' && kind === 'Policy' && namespace !== undefined) return readRules(spec, namespace);
  if (group === 'policies.kyverno.io' && kind.endsWith('GeneratingPolicy')) {
    return findTexts(spec).some((text) => IS_POLICY.test(text)) ? [{ namespace, ...EVERYWHERE, ...ANY }] : [];
  }
  // Which namespaces are a tenant's is known to Capsule alone, which labels them.
  if (group === 'capsule.clastix.io' && kind === 'Tenant') {
    const specs = spec.get('networkPolicies', 'items').items();
    return specs.map((one) => ({ namespace: undefined, ...EVERYWHERE, ...readDefaultDeny(one) }));
  }
  return [];
}

function readRules(spec: Ref, namespace: string | undefined): GeneratedPolicy[] {
  const rules = spec.get('rules').items();
  return rules.flatMap((rule) => {
    const generate = rule.get('generate');
    const all = [generate, ...generate.get('foreach').items()];
    return all.flatMap((one) => {
      const target = one.get('namespace').isUnknown ? undefined : one.get('namespace').string;
      const named = namespace ?? target;
      const places = named === undefined ? readPlaces(rule) : [EVERYWHERE];
      return readMade(one).flatMap((deny) => places.map((where) => ({ namespace: named, ...where, ...deny })));
    });
  });
}

function readMade(generate: Ref): DefaultDeny[] {
  const listed = generate.get('cloneList', 'kinds').items();
  if (listed.some((kind) => kind.isUnknown || IS_POLICY.test(kind.string ?? ''))) return [ANY];
  const kind = generate.get('kind').string ?? '';
  if (!IS_POLICY.test(kind)) return [];
  const spec = generate.get('data', 'spec');
  if (!spec.isPresent) return [ANY];
  const group = generate.get('apiVersion').string?.split('/')[0] ?? '';
  if (kind === 'NetworkPolicy' && !/calico|antrea/.test(group)) return [readDefaultDeny(spec)];
  return readForeignSpec(group, kind, spec);
}

/** The namespaces for which a rule is meant that makes something for each of them, by its `match` and `exclude`. */
function readPlaces(rule: Ref): Where[] {
  const exceptedNames = readFilters(rule.get('exclude')).flatMap((filter) => {
    const resources = filter.get('resources');
    const others = resources.keys().filter((key) => !['kinds', 'name', 'names', 'namespaces'].includes(key));
    return filter.keys().length === 1 && others.length === 0 ? (readNames(resources) ?? []) : [];
  });
  const filters = readFilters(rule.get('match'));
  if (filters.length === 0) return [{ ...EVERYWHERE, exceptedNames }];
  return filters.map((filter) => {
    const resources = filter.get('resources');
    const isOfNamespaces = resources
      .get('kinds')
      .items()
      .every((kind) => kind.string?.split('/').at(-1) === 'Namespace');
    const selector = readLabelSelector(resources.get(isOfNamespaces ? 'selector' : 'namespaceSelector'));
    return {
      namespaceSelector: isEmptySelector(selector) ? undefined : selector,
      namespaceNames: isOfNamespaces ? readNames(resources) : undefined,
      exceptedNames,
    };
  });
}

/** The alternatives of a `match` or `exclude`; none where several have to hold at once, which is not read. */
function readFilters(match: Ref): Ref[] {
  const [any, all] = [match.get('any').items(), match.get('all').items()];
  if (any.length > 0) return all.length > 0 ? [] : any;
  if (all.length > 0) return all.length === 1 ? all : [];
  return match.get('resources').isPresent ? [match] : [];
}

function readNames(resources: Ref): string[] | undefined {
  const refs = [resources.get('name'), ...resources.get('names').items(), ...resources.get('namespaces').items()];
  const written = refs.filter((ref) => !ref.isAbsent);
  if (written.length === 0 || written.some((ref) => ref.isUnknown)) return undefined;
  return written.flatMap((ref) => ref.string ?? []);
}

/** The programs and templates of a policy that is written in CEL. */
function findTexts(spec: Ref): string[] {
  const variables = spec.get('variables').items();
  const made = spec.get('generate').items();
  const refs = [...variables, ...made].flatMap((one) => [one.get('expression'), one.get('template', 'value')]);
  return refs.flatMap((ref) => ref.written ?? []);
}
