import { Ref } from '../../syntax/ref';
import { type Span, shiftSpan } from '../../text/span';
import type { Project } from '../project';

/** A way to a file or folder, as a kustomization writes it: relative to its own folder, with `/` between names. */
export interface FileLink {
  /** In places of the file that writes it. */
  readonly span: Span;
  readonly path: string;
}

// Source: the fields of types.Kustomization that kustomize loads files by.
const LISTS = [
  ['resources'],
  ['bases'],
  ['components'],
  ['crds'],
  ['configurations'],
  ['generators'],
  ['transformers'],
  ['validators'],
  ['patchesStrategicMerge'],
] as const;
const PATH_LISTS = ['patches', 'patchesJson6902', 'replacements'] as const;
const GENERATORS = ['configMapGenerator', 'secretGenerator'] as const;

/** The files and folders that a kustomization names, in no particular order; none in other files, and none of the web. */
export function getFileLinks(project: Project, uri: string): FileLink[] {
  if (!isKustomizationFile(uri)) return [];
  return (project.checkDocuments(uri) ?? []).flatMap(({ source: { start, tree } }) => {
    const root = Ref.root(tree);
    return findPaths(root).flatMap((ref): FileLink[] => {
      const text = ref.isPresent ? ref.string : undefined;
      const { scalar } = ref;
      if (!text || !scalar || !isPath(text)) return [];
      return [{ span: shiftSpan(ref.anchor, start), path: text }];
    });
  });
}

function isKustomizationFile(uri: string): boolean {
  return /\/kustomization(\.ya?ml)?$/i.test(uri);
}

function findPaths(root: Ref): Ref[] {
  return [
    ...LISTS.flatMap((path) => root.get(...path).items()),
    ...PATH_LISTS.flatMap((field) => root.get(field).items()).map((item) => item.get('path')),
    ...GENERATORS.flatMap((field) => root.get(field).items()).flatMap((item) => [
      ...item.get('files').items(),
      ...item.get('envs').items(),
      item.get('env'),
    ]),
  ];
}

/** True for what can only be a path: no address, no manifest written in place, no `key=path`. */
function isPath(text: string): boolean {
  return !/[\n?=]|:\/\/|^git@|^github\.com\/|^\//.test(text);
}
