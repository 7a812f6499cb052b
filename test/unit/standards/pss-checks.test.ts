import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  getActiveChecks,
  getAllowedSelinuxTypes,
  getAllowedSysctls,
  getPssCheck,
  getPssRevision,
  getSelinuxTypeAllowedSince,
  getSysctlAllowedSince,
  isAllowedAnnotation,
  PSS_CHECK_IDS,
  PSS_CHECKS,
  PSS_NEWEST_MINOR,
  type PssCheckId,
  type PssLevel,
} from '../../../server/src/standards/pss';

const minors = Array.from({ length: PSS_NEWEST_MINOR + 1 }, (_, minor) => minor);
const idsOf = (level: PssLevel, minor: number) => getActiveChecks(level, minor).map(({ id }) => id);

// Baseline as it was in 1.0, in the order of evaluation (byte order, so that `seLinux…` precedes `seccomp…`).
const BASELINE_FROM_THE_START: PssCheckId[] = [
  'appArmorProfile',
  'capabilities_baseline',
  'hostNamespaces',
  'hostPathVolumes',
  'hostPorts',
  'privileged',
  'procMount',
  'seLinuxOptions',
  'seccompProfile_baseline',
  'sysctls',
  'windowsHostProcess',
];

const without = (ids: readonly PssCheckId[], ...gone: PssCheckId[]) => ids.filter((id) => !gone.includes(id));

describe('getActiveChecks', () => {
  it('forbids nothing at privileged', () => {
    for (const minor of minors) expect(getActiveChecks('privileged', minor)).toEqual([]);
  });

  it('has the same baseline ids from 1.0 to 1.33 and one more from 1.34', () => {
    const later = [...BASELINE_FROM_THE_START, 'hostProbesAndHostLifecycle'].sort();
    for (const minor of minors) expect(idsOf('baseline', minor)).toEqual(minor < 34 ? BASELINE_FROM_THE_START : later);
  });

  it('starts restricted with the baseline checks that no restricted check of that version overrides', () => {
    expect(idsOf('restricted', 0)).toEqual([
      ...without(BASELINE_FROM_THE_START, 'hostPathVolumes'),
      'restrictedVolumes',
      'runAsNonRoot',
    ]);
  });

  it.each([
    [7, [], ['allowPrivilegeEscalation']],
    [8, ['allowPrivilegeEscalation'], []],
    [18, ['seccompProfile_baseline'], ['seccompProfile_restricted']],
    [19, ['seccompProfile_restricted'], ['seccompProfile_baseline']],
    [21, ['capabilities_baseline'], ['capabilities_restricted']],
    [22, ['capabilities_restricted'], ['capabilities_baseline', 'runAsUser']],
    [23, ['runAsUser'], []],
    [33, ['procMount'], ['hostProbesAndHostLifecycle']],
    [34, ['procMount', 'hostProbesAndHostLifecycle'], ['procMount_restricted']],
    [35, ['procMount_restricted'], ['procMount']],
  ] as [number, PssCheckId[], PssCheckId[]][])('changes restricted at 1.%i', (minor, present, absent) => {
    const ids = idsOf('restricted', minor);
    expect(ids).toEqual(expect.arrayContaining(present));
    for (const id of absent) expect(ids).not.toContain(id);
  });

  it('evaluates the newest restricted in the order of the API server', () => {
    expect(idsOf('restricted', PSS_NEWEST_MINOR)).toEqual([
      'appArmorProfile',
      'hostNamespaces',
      'hostPorts',
      'hostProbesAndHostLifecycle',
      'privileged',
      'seLinuxOptions',
      'sysctls',
      'windowsHostProcess',
      'allowPrivilegeEscalation',
      'capabilities_restricted',
      'procMount_restricted',
      'restrictedVolumes',
      'runAsNonRoot',
      'runAsUser',
      'seccompProfile_restricted',
    ]);
  });

  it('evaluates any newer minor as the newest', () => {
    fc.assert(
      fc.property(fc.constantFrom('baseline' as const, 'restricted' as const), fc.nat(), (level, beyond) => {
        expect(getActiveChecks(level, PSS_NEWEST_MINOR + beyond)).toBe(getActiveChecks(level, PSS_NEWEST_MINOR));
      }),
    );
  });

  it('never loosens: each baseline check is in restricted too, or a check that overrides it', () => {
    for (const minor of minors) {
      const restricted = idsOf('restricted', minor);
      for (const id of idsOf('baseline', minor)) {
        const overriding = restricted.filter((other) => PSS_CHECKS[other].overrides?.includes(id));
        expect(restricted.includes(id) ? [id] : overriding, `${id} in 1.${minor}`).toHaveLength(1);
      }
    }
  });

  it('gives each check the id, level and values of the asked version', () => {
    for (const minor of minors) {
      for (const check of getActiveChecks('restricted', minor)) {
        expect(check.since).toBeLessThanOrEqual(minor);
        expect(check.standardId).toBe(`pss/${check.level}/${check.id}`);
        expect(check.url).toBe(`https://kubernetes.io/docs/concepts/security/pod-security-standards/#${check.level}`);
        expect(check).toEqual(getPssCheck(check.id, minor));
        if (check.id === 'sysctls') expect(check.data.allowedNames).toEqual(getAllowedSysctls(minor));
        if (check.id === 'seLinuxOptions') expect(check.data.allowedTypes).toEqual(getAllowedSelinuxTypes(minor));
      }
    }
  });
});

describe('revisions', () => {
  it('are strictly increasing and none is newer than the newest minor', () => {
    const newest = PSS_CHECK_IDS.map((id) => {
      const since = PSS_CHECKS[id].revisions.map((revision) => revision.since);
      expect(since, id).toEqual([...new Set(since)].sort((a, b) => a - b));
      return Math.max(...since);
    });
    expect(Math.max(...newest)).toBe(PSS_NEWEST_MINOR);
  });

  it('let restricted checks override baseline checks only', () => {
    for (const id of PSS_CHECK_IDS) {
      const { level, overrides = [] } = PSS_CHECKS[id];
      if (overrides.length > 0) expect(level, id).toBe('restricted');
      for (const overridden of overrides) expect(PSS_CHECKS[overridden].level, overridden).toBe('baseline');
    }
  });

  it('exempt Windows pods from 1.25 in three checks, and user namespaces from 1.35 in three others', () => {
    const exemptAt = (minor: number, field: 'exemptsWindows' | 'relaxedByUserNamespace') =>
      PSS_CHECK_IDS.filter((id) => getPssRevision(id, minor)?.[field]).sort();
    const windows = ['allowPrivilegeEscalation', 'capabilities_restricted', 'seccompProfile_restricted'];
    const userNamespace = ['procMount', 'runAsNonRoot', 'runAsUser'];
    for (const minor of minors) {
      expect(exemptAt(minor, 'exemptsWindows')).toEqual(minor < 25 ? [] : windows);
      expect(exemptAt(minor, 'relaxedByUserNamespace')).toEqual(minor < 35 ? [] : userNamespace);
    }
  });

  it('read seccomp from annotations until 1.18 and from fields from 1.19', () => {
    for (const minor of minors) {
      expect(getPssRevision('seccompProfile_baseline', minor)?.data.by).toBe(minor < 19 ? 'annotation' : 'field');
    }
  });

  it('do not exist before the check does', () => {
    expect(getPssRevision('allowPrivilegeEscalation', 7)).toBeUndefined();
    expect(getPssCheck('procMount_restricted', 34)).toBeUndefined();
  });
});

describe('values', () => {
  it('widen the sysctls five times and never narrow them', () => {
    const counts = [0, 26, 27, 28, 29, 31, 32, 36, 37].map((minor) => getAllowedSysctls(minor).length);
    expect(counts).toEqual([5, 5, 6, 6, 10, 10, 12, 12, 14]);
    for (const minor of minors.slice(1)) {
      expect(getAllowedSysctls(minor)).toEqual(expect.arrayContaining([...getAllowedSysctls(minor - 1)]));
    }
  });

  it('tell from which minor a sysctl or SELinux type is allowed', () => {
    expect(getSysctlAllowedSince('net.ipv4.tcp_rmem')).toBe(32);
    expect(getSysctlAllowedSince('net/ipv4/tcp_rmem')).toBeUndefined();
    expect(getSelinuxTypeAllowedSince('container_engine_t')).toBe(31);
    expect(getSelinuxTypeAllowedSince('spc_t')).toBeUndefined();
    expect(getAllowedSelinuxTypes(30)).toEqual(['', 'container_t', 'container_init_t', 'container_kvm_t']);
  });

  it('compare capabilities exactly: no CAP_ prefix, no NET_RAW, one for restricted', () => {
    const baseline = getPssRevision('capabilities_baseline', 0)?.data.allowedAdd ?? [];
    expect(baseline).toHaveLength(13);
    for (const name of baseline) expect(name).toMatch(/^(?!CAP_)[A-Z_]+$/);
    expect(baseline).not.toContain('NET_RAW');
    expect(getPssRevision('capabilities_restricted', 22)?.data).toEqual({
      allowedAdd: ['NET_BIND_SERVICE'],
      requiredDrop: 'ALL',
    });
  });

  it('accept an empty AppArmor annotation but not an empty seccomp one', () => {
    const appArmor = getPssRevision('appArmorProfile', 0)?.data.allowedAnnotation;
    const seccomp = getPssRevision('seccompProfile_baseline', 0)?.data;
    if (appArmor === undefined || seccomp?.by !== 'annotation') throw new Error('1.0 reads annotations');
    const verdicts = ['', 'runtime/default', 'docker/default', 'localhost/x', 'unconfined', 'localhost'].map(
      (value) => [isAllowedAnnotation(appArmor, value), isAllowedAnnotation(seccomp.allowedAnnotation, value)],
    );
    expect(verdicts).toEqual([
      [true, false],
      [true, true],
      [false, true],
      [true, true],
      [false, false],
      [false, false],
    ]);
  });
});
