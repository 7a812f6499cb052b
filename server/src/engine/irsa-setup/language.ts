import type { Known } from '../../model/workspace/fact';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import type { Project } from '../project';

type Policy = Known<TrustPolicyFact>;

/** What a workspace writes its trust policies in. */
export type TrustLanguage = 'terraform' | 'cloudformation' | 'eksctl' | 'json';

/** In what a further trust policy is to be written, and the policy of the workspace whose neighbour it becomes. */
export interface TrustStyle {
  readonly language: TrustLanguage;
  /** The one that is nearest to the target; undefined where the workspace has none in this language. */
  readonly model: Policy | undefined;
}

const LANGUAGES: readonly TrustLanguage[] = ['terraform', 'cloudformation', 'eksctl', 'json'];

/** The language of most policies, and of none where none is in a language that is written here. */
export function chooseTrustStyle(project: Project, policies: readonly Policy[], uri: string): TrustStyle {
  const groups = new Map<TrustLanguage, Policy[]>();
  for (const policy of policies) {
    const language = getTrustLanguage(policy);
    if (language) groups.set(language, [...(groups.get(language) ?? []), policy]);
  }
  const countOf = (language: TrustLanguage) => groups.get(language)?.length ?? 0;
  const [most] = [...LANGUAGES].sort((a, b) => countOf(b) - countOf(a));
  const group = most && groups.get(most);
  if (most && group) return { language: most, model: findNearest(group, uri) };
  const hasTerraform = [...project.uris].some((one) => one.endsWith('.tf'));
  return { language: hasTerraform ? 'terraform' : 'json', model: undefined };
}

function getTrustLanguage({ value, place, uri }: Policy): TrustLanguage | undefined {
  if (value.isDerived) return 'eksctl';
  if (uri.endsWith('.tf')) return 'terraform';
  const [section, name] = place.path;
  if (section === 'Resources' && name !== undefined) return 'cloudformation';
  return uri.endsWith('.json') ? 'json' : undefined;
}

/** The policy whose folder has most in common with that of a file. */
export function findNearest<T extends { readonly uri: string }>(candidates: readonly T[], uri: string): T | undefined {
  const own = uri.split('/').slice(0, -1);
  const countCommon = (other: string) => {
    const folders = other.split('/').slice(0, -1);
    const differs = own.findIndex((folder, index) => folders[index] !== folder);
    return differs === -1 ? own.length : differs;
  };
  return [...candidates].sort((a, b) => countCommon(b.uri) - countCommon(a.uri))[0];
}
