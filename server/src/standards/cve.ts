// Vulnerabilities of Kubernetes that are weaknesses of its design: no release mends them, only configuration does.

/** Name of the database of vulnerabilities. */
export const CVE_SOURCE = 'National Vulnerability Database';

/** Page of a vulnerability, without its number. */
export const CVE_URL = 'https://nvd.nist.gov/vuln/detail/';

/** Titles of the vulnerabilities by number. */
export const CVE_TITLES = {
  'CVE-2020-8554': 'Traffic of a cluster is intercepted through the external addresses of a Service',
  'CVE-2021-25740': 'Traffic is forwarded across namespaces through Endpoints and EndpointSlices',
  'CVE-2021-25742': 'Secrets of a cluster are read through snippets in annotations of ingress-nginx',
} as const satisfies Readonly<Record<string, string>>;

/** Number of a vulnerability. */
export type CveNumber = keyof typeof CVE_TITLES;
