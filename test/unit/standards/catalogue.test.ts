import { describe, expect, it } from 'vitest';
import { getStandard, STANDARDS, type StandardId } from '../../../server/src/standards/catalogue';
import { getActiveChecks, PSS_NEWEST_MINOR } from '../../../server/src/standards/pss';

const familyOf = (id: string) => id.slice(0, id.indexOf('/'));

describe('getStandard', () => {
  it('finds every entry by its id', () => {
    for (const standard of STANDARDS) expect(getStandard(standard.id)).toBe(standard);
  });

  it('finds one entry of each family', () => {
    const ids: StandardId[] = [
      'pss/restricted/allowPrivilegeEscalation',
      'cis/5.2.6',
      'nsa/pod-security',
      'k8s/rbac-escalate',
      'aws/irsa',
      'cve/CVE-2020-8554',
    ];
    for (const id of ids) expect(getStandard(id)?.id).toBe(id);
    expect(new Set(STANDARDS.map(({ id }) => familyOf(id)))).toEqual(new Set(ids.map(familyOf)));
  });

  it.each(['', 'cis', 'cis/', 'cis/5.2.99', 'pss/baseline/allowPrivilegeEscalation', 'constructor', 'CIS/5.2.6'])(
    'knows no %j',
    (id) => {
      expect(getStandard(id)).toBeUndefined();
    },
  );

  it('covers every check of the Pod Security Standards with the same words', () => {
    for (const level of ['baseline', 'restricted'] as const) {
      for (const { standardId, title, url } of getActiveChecks(level, PSS_NEWEST_MINOR)) {
        expect(getStandard(standardId)).toMatchObject({ id: standardId, title, url });
      }
    }
  });

  it('covers section 5 of the CIS benchmark without a gap', () => {
    const numbers = STANDARDS.filter(({ id }) => familyOf(id) === 'cis').map(({ id }) => id.slice('cis/'.length));
    const counts = { '5.1': 13, '5.2': 12, '5.3': 2, '5.4': 2, '5.5': 1, '5.6': 4 };
    const expected = Object.entries(counts).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
    );
    expect(numbers).toEqual(expected);
  });
});

describe('entries', () => {
  it('have ids of their own, a title, a source and a page of a known host', () => {
    const hosts: Record<string, string> = {
      pss: 'kubernetes.io',
      k8s: 'kubernetes.io',
      cis: 'www.cisecurity.org',
      nsa: 'media.defense.gov',
      aws: 'docs.aws.amazon.com',
      cve: 'nvd.nist.gov',
    };
    expect(new Set(STANDARDS.map(({ id }) => id)).size).toBe(STANDARDS.length);
    for (const { id, title, url, source } of STANDARDS) {
      expect(URL.canParse(url), id).toBe(true);
      expect(new URL(url).protocol, id).toBe('https:');
      expect(new URL(url).host, id).toBe(hosts[familyOf(id)]);
      expect(title, id).toMatch(/^\S.*[^\s.]$/);
      expect(source, id).not.toBe('');
    }
  });

  it('have a title that no other entry of the family has', () => {
    for (const family of new Set(STANDARDS.map(({ id }) => familyOf(id)))) {
      const titles = STANDARDS.filter(({ id }) => familyOf(id) === family).map(({ title }) => title);
      expect(titles).toEqual([...new Set(titles)]);
    }
  });
});
