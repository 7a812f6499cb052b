import { describe, expect, test } from 'vitest';
import type { Project } from '../../../server/src/engine/project';
import {
  findAggregated,
  findBindings,
  findGrants,
  findRoles,
  toIdentities,
} from '../../../server/src/model/workspace/rbac';
import type { SubjectFact } from '../../../server/src/model/workspace/rbac-topics';
import { openProject, toUri } from '../../harness/lint-text';
import { CLUSTER } from './fixtures';

const WEB: SubjectFact = { kind: 'ServiceAccount', name: 'web', namespace: 'shop' };
const JOB: SubjectFact = { ...WEB, name: 'job' };

const grantsOf = (project: Project, subject: SubjectFact) =>
  project.ask((workspace) =>
    findGrants(workspace, subject).map(({ binding, via, roles }) => [
      binding.value.name,
      `${via.kind} ${via.name}`,
      roles.map(({ value }) => value.name),
    ]),
  );

describe('which bindings reach a subject', () => {
  const project = openProject(CLUSTER);

  test('by itself and by its groups', () => {
    expect(grantsOf(project, WEB)).toEqual([
      ['readers', 'ServiceAccount web', ['reader']],
      ['monitors', 'Group system:serviceaccounts:shop', ['monitoring']],
    ]);
    expect(grantsOf(project, { ...WEB, namespace: 'other' })).toEqual([]);
  });

  test('a role that is built in has no role here', () => {
    expect(grantsOf(project, JOB)[0]).toEqual(['viewers', 'ServiceAccount job', []]);
  });

  test('an account is known by its user name too', () => {
    const files = {
      ...CLUSTER,
      'z.yaml': (CLUSTER['reader-binding.yaml'] ?? '').replace(
        'kind: ServiceAccount\n    name: web',
        'kind: User\n    name: system:serviceaccount:shop:job',
      ),
    };
    expect(grantsOf(openProject(files), JOB)).toContainEqual([
      'readers',
      'User system:serviceaccount:shop:job',
      ['reader'],
    ]);
  });

  test('groups are nobody else', () => {
    expect(toIdentities({ kind: 'Group', name: 'developers', namespace: undefined })).toHaveLength(1);
    expect(toIdentities({ kind: 'User', name: 'jo', namespace: undefined }).map(({ name }) => name)).toEqual([
      'jo',
      'system:authenticated',
    ]);
  });
});

describe('who holds a role', () => {
  const project = openProject(CLUSTER);
  const holders = (kind: 'Role' | 'ClusterRole', name: string, namespace?: string) =>
    project.ask((workspace) => {
      const [role] = findRoles(workspace, { kind, name, namespace });
      return role ? findBindings(workspace, role.value).map(({ value }) => value.name) : undefined;
    });

  test.each([
    ['Role', 'reader', 'shop', ['readers']],
    ['Role', 'reader', 'other', undefined],
    ['ClusterRole', 'reader', undefined, undefined],
    ['ClusterRole', 'nodes-metrics', undefined, ['monitors']],
    ['ClusterRole', 'books-viewer', undefined, ['viewers']],
  ] as const)('%s %s of %s', (kind, name, namespace, expected) => {
    expect(holders(kind, name, namespace)).toEqual(expected);
  });

  test('what is taken over', () => {
    const names = (name: string) =>
      project.ask((workspace) => findAggregated(workspace, name).map(({ value }) => value.name));
    expect(names('monitoring')).toEqual(['nodes-metrics']);
    expect(names('view')).toEqual(['books-viewer']);
    expect(names('edit')).toEqual([]);
  });
});

describe('answers change with the files', () => {
  test('a binding that goes', () => {
    const project = openProject(CLUSTER);
    expect(grantsOf(project, WEB)).toHaveLength(2);
    project.removeFile(toUri('reader-binding.yaml'));
    expect(grantsOf(project, WEB)).toHaveLength(1);
    project.setFile(toUri('reader-binding.yaml'), CLUSTER['reader-binding.yaml'] ?? '', 'yaml');
    expect(grantsOf(project, WEB)).toHaveLength(2);
  });

  test('labels that change what is taken over', () => {
    const project = openProject(CLUSTER);
    const text = CLUSTER['view.yaml'] ?? '';
    project.setFile(toUri('view.yaml'), text.replace('aggregate-to-view', 'aggregate-to-edit'), 'yaml');
    expect(project.ask((workspace) => findAggregated(workspace, 'view'))).toEqual([]);
    expect(project.ask((workspace) => findAggregated(workspace, 'edit'))).toHaveLength(1);
  });
});
