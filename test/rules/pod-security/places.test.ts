import { describe, expect, it } from 'vitest';
import { see, underlined } from './find';

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n${spec.trim().replace(/^(?=.)/gm, '  ')}\n`;

const TWO = `
initContainers:
- name: migrate
  image: registry.example.com/migrate:1.0.0
containers:
- name: web
  image: registry.example.com/web:1.4.2`;

describe('what is underlined', () => {
  it('is the offending value, with what was written in the message', () => {
    const [found] = see(pod(`${TWO}\n  securityContext:\n    privileged: yes # why`), ['privileged-container']);
    expect(found?.underlined).toBe('yes');
    expect(found?.message).toBe(
      'The container "web" is privileged (privileged: yes): it has full control of its node.',
    );
  });

  it('is the name of a container that lacks something, or its securityContext where it has one', () => {
    expect(underlined(pod(TWO), 'privilege-escalation-allowed')).toEqual(['name: migrate', 'name: web']);
    const own = pod(`${TWO}\n  securityContext:\n    runAsUser: 5`);
    expect(underlined(own, 'privilege-escalation-allowed')).toEqual(['name: migrate', 'securityContext']);
  });

  it('is the pod, once, where no container says what has to be said', () => {
    for (const rule of ['run-as-root-allowed', 'seccomp-profile-missing']) {
      const [found, ...more] = see(pod(TWO), [rule]);
      expect(more).toEqual([]);
      expect(found?.underlined).toBe('spec');
      expect(found?.message).toMatch(/containers "migrate" and "web"/);
    }
  });

  it('is each container that lacks it, where another has it', () => {
    const own = 'securityContext:\n    runAsNonRoot: true\n    seccompProfile: {type: RuntimeDefault}';
    const text = pod(`${TWO}\n  ${own}\n- name: proxy\n  image: registry.example.com/proxy:1.0.0`);
    expect(underlined(text, 'run-as-root-allowed')).toEqual(['name: migrate', 'name: proxy']);
    expect(underlined(text, 'seccomp-profile-missing')).toEqual(['name: migrate', 'name: proxy']);
  });

  it('is the volume source, the port, the host, the sysctl and the capability', () => {
    const text = pod(`
securityContext:
  sysctls:
  - {name: kernel.msgmax, value: "1"}
volumes:
- name: a
  hostPath: {path: /srv}
${TWO}
  ports:
  - {containerPort: 80, hostPort: 8080}
  readinessProbe: {tcpSocket: {port: 80, host: db}}
  securityContext:
    capabilities: {drop: [ALL], add: [SYS_ADMIN]}`);
    expect(underlined(text, 'restricted-volume-type')).toEqual(['hostPath']);
    expect(underlined(text, 'host-port')).toEqual(['8080']);
    expect(underlined(text, 'host-in-probe-or-lifecycle')).toEqual(['db']);
    expect(underlined(text, 'unsafe-sysctl')).toEqual(['kernel.msgmax']);
    expect(underlined(text, 'capabilities-not-dropped')).toEqual(['name: migrate', 'SYS_ADMIN']);
  });
});

describe('aliases and merge keys', () => {
  it('are followed, and reported where they are used', () => {
    const text = pod(`
containers:
- name: web
  image: registry.example.com/web:1.4.2
  securityContext: &hard
    allowPrivilegeEscalation: false
    privileged: true
- name: proxy
  image: registry.example.com/proxy:1.0.0
  securityContext: *hard
- name: log
  image: registry.example.com/log:1.0.0
  securityContext:
    <<: *hard
    privileged: false`);
    expect(underlined(text, 'privilege-escalation-allowed')).toEqual([]);
    expect(underlined(text, 'privileged-container')).toEqual(['true', '*hard']);
  });
});

describe('how safe a fix is said to be', () => {
  const safe = (spec: string, rule: string) => see(pod(spec), [rule]).map((found) => found.safe.length > 0);

  it('is safe where the standard demands it and no program can depend on it', () => {
    for (const rule of ['privilege-escalation-allowed', 'seccomp-profile-missing']) {
      expect(safe(TWO, rule), rule).not.toContain(false);
    }
  });

  it('depends on the user for capabilities: root may need them to start, another user has none to lose', () => {
    expect(safe(TWO, 'capabilities-not-dropped')).not.toContain(true);
    for (const user of ['runAsUser: 1000', 'runAsNonRoot: true']) {
      expect(safe(`securityContext: {${user}}\n${TWO}`, 'capabilities-not-dropped'), user).not.toContain(false);
    }
  });

  it('is unsafe where it takes something away that was asked for', () => {
    const spec = `hostPID: true\nsecurityContext: {seccompProfile: {type: Unconfined}}\n${TWO}\n  securityContext: {privileged: true, capabilities: {drop: [ALL], add: [CHOWN]}}`;
    expect(safe(spec, 'privileged-container')).toEqual([false]);
    expect(safe(spec, 'host-namespaces-shared')).toEqual([false]);
    expect(safe(spec, 'seccomp-profile-missing')).toEqual([false]);
    expect(safe(spec, 'capabilities-not-dropped')).toEqual([false, false]);
  });

  it('is unsafe for allowPrivilegeEscalation in a privileged container, where the API server refuses it alone', () => {
    const [, found] = see(pod(`${TWO}\n  securityContext: {privileged: true}`), ['privilege-escalation-allowed']);
    expect(found?.fixes).toEqual(['Set allowPrivilegeEscalation: false and privileged: false']);
    expect(found?.safe).toEqual([]);
  });

  it('depends on the user for runAsNonRoot: with a number other than 0 nothing changes', () => {
    expect(safe(TWO, 'run-as-root-allowed')).toEqual([false]);
    expect(safe(`securityContext: {runAsUser: 1000}\n${TWO}`, 'run-as-root-allowed')).toEqual([true]);
    expect(safe(`securityContext: {runAsUser: 0}\n${TWO}`, 'run-as-root-allowed')).toEqual([false]);
  });
});
