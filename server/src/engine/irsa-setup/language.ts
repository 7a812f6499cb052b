import type { Known } from '../../model/workspace/fact';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Project } from '../project';
import { getObjectPath } from './role-object';

type Policy = Known<TrustPolicyFact>;

/** What a workspace writes its trust policies in; `object`: in custom resources of Crossplane, Upbound or ACK. */
export type TrustLanguage = 'terraform' | 'cloudformation' | 'eksctl' | 'object' | 'json';

/** In what a further trust policy is to be written, and the policy of the workspace whose neighbour it becomes. */
export interface TrustStyle {
  readonly language: TrustLanguage;
  /** The one that is nearest to the target; undefined where the workspace has none in this language. */
  readonly model: Policy | undefined;
}

const LANGUAGES: readonly TrustLanguage[] = ['terraform', 'cloudformation', 'eksctl', 'object', 'json'];

/**
 * The language of most policies; where there are none in a language that is written here, Terraform if the workspace has it, else
 * eksctl if it makes a cluster with a provider, else JSON.
 */
export function chooseTrustLanguage(project: Project, workspace: Workspace): TrustLanguage {
  const most = workspace.conclude('language of trust policies', findMostUsed);
  if (most !== undefined) return most;
  if ([...project.uris].some((one) => one.endsWith('.tf'))) return 'terraform';
  return workspace.find('cluster-with-oidc', 'all').length > 0 ? 'eksctl' : 'json';
}

/** The style of a language, for a target in a file. */
export function toTrustStyle(workspace: Workspace, language: TrustLanguage, uri: string): TrustStyle {
  const ofLanguage = workspace.all('trust-policy').filter((policy) => getTrustLanguage(policy) === language);
  return { language, model: findNearest(ofLanguage, uri) };
}

function findMostUsed(workspace: Workspace): TrustLanguage | undefined {
  const counts = new Map<TrustLanguage, number>();
  for (const policy of workspace.all('trust-policy')) {
    const language = getTrustLanguage(policy);
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const countOf = (language: TrustLanguage) => counts.get(language) ?? 0;
  const [most] = [...LANGUAGES].sort((a, b) => countOf(b) - countOf(a));
  return most && countOf(most) > 0 ? most : undefined;
}

function getTrustLanguage({ value, place, uri }: Policy): TrustLanguage | undefined {
  if (value.isDerived) return 'eksctl';
  if (uri.endsWith('.tf')) return 'terraform';
  if (getObjectPath(place.path)) return uri.endsWith('.json') ? undefined : 'object';
  const [section, name] = place.path;
  if (section === 'Resources' && name !== undefined) return 'cloudformation';
  return uri.endsWith('.json') ? 'json' : undefined;
}

/** The one whose folder has most in common with that of a file; the first of several. */
export function findNearest<T extends { readonly uri: string }>(candidates: readonly T[], uri: string): T | undefined {
  const own = uri.split('/').slice(0, -1);
  const countCommon = (other: string) => {
    const folders = other.split('/').slice(0, -1);
    const differs = own.findIndex((folder, index) => folders[index] !== folder);
    return differs === -1 ? own.length : differs;
  };
  let nearest: { readonly one: T; readonly count: number } | undefined;
  for (const one of candidates) {
    const count = countCommon(one.uri);
    if (!nearest || count > nearest.count) nearest = { one, count };
  }
  return nearest?.one;
}
