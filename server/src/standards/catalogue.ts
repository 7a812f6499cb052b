// One catalogue of all standards and documents on which rules rest, by ids such as `cis/5.2.6`.
import { AWS_PAGES, AWS_SOURCE, AWS_URL, type AwsPage } from './aws';
import { CIS_SOURCE, CIS_TITLES, CIS_URL, type CisNumber } from './cis';
import { CVE_SOURCE, CVE_TITLES, CVE_URL, type CveNumber } from './cve';
import { KUBERNETES_PAGES, KUBERNETES_SOURCE, KUBERNETES_URL, type KubernetesPage } from './kubernetes-docs';
import { NSA_SOURCE, NSA_TITLES, NSA_URL, type NsaSection } from './nsa';
import { PSS_CHECK_IDS, PSS_CHECKS, PSS_URLS, type PssStandardId, toPssStandardId } from './pss';

/** Id of an entry: the family before the first slash, the place within the family behind it. */
export type StandardId =
  | PssStandardId
  | `cis/${CisNumber}`
  | `nsa/${NsaSection}`
  | `k8s/${KubernetesPage}`
  | `aws/${AwsPage}`
  | `cve/${CveNumber}`;

/** A place in a standard or a document that says why something is a weakness. */
export interface Standard {
  readonly id: string;
  /** What the place asks for or is about, in our own words. */
  readonly title: string;
  /** The public page on which it stands, or from which the document is to be had. */
  readonly url: string;
  /** The standard or document, with its version where it has one. */
  readonly source: string;
}

/** Name of the Pod Security Standards as a source. */
export const PSS_SOURCE = 'Kubernetes Pod Security Standards';

/** All entries, family by family. */
export const STANDARDS: readonly Standard[] = [
  ...PSS_CHECK_IDS.map((check): Standard => {
    const { level, title } = PSS_CHECKS[check];
    return { id: toPssStandardId(check), title, url: PSS_URLS[level], source: PSS_SOURCE };
  }),
  ...titled('cis', CIS_TITLES, CIS_SOURCE, () => CIS_URL),
  ...titled('nsa', NSA_TITLES, NSA_SOURCE, () => NSA_URL),
  ...paged('k8s', KUBERNETES_PAGES, KUBERNETES_SOURCE, KUBERNETES_URL),
  ...paged('aws', AWS_PAGES, AWS_SOURCE, AWS_URL),
  ...titled('cve', CVE_TITLES, CVE_SOURCE, (number) => `${CVE_URL}${number}`),
];

const byId: ReadonlyMap<string, Standard> = new Map(STANDARDS.map((standard) => [standard.id, standard]));

/** The entry of an id such as `pss/restricted/allowPrivilegeEscalation`, `cis/5.2.6` or `aws/irsa`; undefined for any other. */
export function getStandard(id: string): Standard | undefined {
  return byId.get(id);
}

type Titles = Readonly<Record<string, string>>;
type Pages = Readonly<Record<string, readonly [title: string, path: string]>>;

function titled(family: string, titles: Titles, source: string, toUrl: (key: string) => string): readonly Standard[] {
  return Object.entries(titles).map(([key, title]) => ({ id: `${family}/${key}`, title, url: toUrl(key), source }));
}

function paged(family: string, pages: Pages, source: string, base: string): readonly Standard[] {
  return Object.entries(pages).map(([key, [title, path]]) => ({
    id: `${family}/${key}`,
    title,
    url: `${base}${path}`,
    source,
  }));
}
