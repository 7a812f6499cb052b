import type { PodRoute } from '../../model/kubernetes/pod-routes';
import type { Ref } from '../../syntax/ref';
import type { ConfigurationReader } from './reader';

/** The keys of an entry of `podTemplates`. */
export const POD_TEMPLATE_KEYS = ['apiVersion', 'kind', 'path'] as const;

type Key = (typeof POD_TEMPLATE_KEYS)[number];

const API_VERSION = /^(?:([a-z0-9]([-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)\/)?v[0-9][a-z0-9]*$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;
const PATH = /^$|^[^\s.]+(?:\.[^\s.]+)*$/;

const FORMS: Readonly<Record<Key, { readonly pattern: RegExp; readonly what: string }>> = {
  apiVersion: { pattern: API_VERSION, what: 'a group with a version, such as "example.com/v1"' },
  kind: { pattern: KIND, what: 'the kind of an object, such as Worker' },
  path: {
    pattern: PATH,
    what: 'the keys that lead to the pod\'s metadata and spec, joined by dots, such as "spec.template"; "*" stands for every item',
  },
};

/** Why a value cannot be used for a key of an entry, as the end of a sentence; undefined where it can. */
export function getPodTemplateProblem(key: Key, value: string | undefined): string | undefined {
  const { pattern, what } = FORMS[key];
  return value !== undefined && pattern.test(value) ? undefined : `must be ${what}.`;
}

/** The route of an entry whose values have no problem. Of the version nothing depends. */
export function toPodRoute(apiVersion: string, kind: string, path: string): PodRoute {
  return { groups: [API_VERSION.exec(apiVersion)?.[1] ?? ''], kind, path };
}

/** Reads `podTemplates`: where custom resources keep what their pods are made from. */
export function readPodTemplates(at: Ref, reader: ConfigurationReader): PodRoute[] {
  if (at.isAbsent) return [];
  if (!at.isSequence) {
    reader.note(at, '"podTemplates" must be a list, each entry with apiVersion, kind and path.');
    return [];
  }
  return at.items().flatMap((item): PodRoute[] => {
    if (item.isAbsent)
      reader.note(item, 'An entry of "podTemplates" must be a mapping with apiVersion, kind and path.');
    if (!reader.isMapping(item, POD_TEMPLATE_KEYS, 'An entry of "podTemplates"')) return [];
    const [apiVersion, kind, path] = POD_TEMPLATE_KEYS.map((key) => readText(item.get(key), key, reader));
    if (apiVersion === undefined || kind === undefined || path === undefined) return [];
    return [toPodRoute(apiVersion, kind, path)];
  });
}

function readText(at: Ref, key: Key, reader: ConfigurationReader): string | undefined {
  const text = at.isAbsent ? undefined : at.scalar?.text;
  const problem = getPodTemplateProblem(key, text);
  if (problem === undefined) return text;
  const missing = at.isAbsent ? ' is missing: it' : '';
  return reader.note(at, `"${key}"${missing} ${problem}`);
}
