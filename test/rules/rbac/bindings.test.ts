import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import anonymousSubjectBound from '../../../server/src/rules/rbac/anonymous-subject-bound';
import authenticatedSubjectBound from '../../../server/src/rules/rbac/authenticated-subject-bound';
import clusterAdminBound from '../../../server/src/rules/rbac/cluster-admin-bound';
import systemMastersBound from '../../../server/src/rules/rbac/system-masters-bound';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { binding } from './roles';

const CRB = 'ClusterRoleBinding';

const seen = (tested: Rule, text: string) => inspect(tested, text).map((found) => `${found.text} ${found.severity}`);

describe('what is found', () => {
  test.each<[string, Rule, string, string[]]>([
    ['cluster-admin', clusterAdminBound, binding(CRB, 'cluster-admin', ['Group ops']), ['cluster-admin error']],
    [
      'in a namespace',
      clusterAdminBound,
      binding('RoleBinding', 'cluster-admin', ['User jo']),
      ['cluster-admin warning'],
    ],
    ['another role', clusterAdminBound, binding(CRB, 'view', ['Group ops']), []],
    [
      'the binding of the API server',
      clusterAdminBound,
      binding(CRB, 'cluster-admin', ['Group system:masters'], 'cluster-admin'),
      [],
    ],
    [
      'masters',
      systemMastersBound,
      binding(CRB, 'view', ['Group ops', 'Group system:masters']),
      ['system:masters error'],
    ],
    ['masters as a user', systemMastersBound, binding(CRB, 'view', ['User system:masters']), []],
    [
      'anonymous',
      anonymousSubjectBound,
      binding(CRB, 'view', ['User system:anonymous', 'Group system:unauthenticated']),
      ['system:anonymous error', 'system:unauthenticated error'],
    ],
    [
      'public information',
      anonymousSubjectBound,
      binding(CRB, 'system:public-info-viewer', ['Group system:unauthenticated']),
      [],
    ],
    [
      'everyone',
      authenticatedSubjectBound,
      binding('RoleBinding', 'edit', ['Group system:authenticated']),
      ['system:authenticated warning'],
    ],
    [
      'discovery for everyone',
      authenticatedSubjectBound,
      binding(CRB, 'system:discovery', ['Group system:authenticated']),
      [],
    ],
  ])('%s', (_, tested, text, expected) => {
    expect(seen(tested, text)).toEqual(expected);
  });

  test('the message says to whom and where', () => {
    const [wide] = inspect(clusterAdminBound, binding(CRB, 'cluster-admin', ['Group ops', 'User jo']));
    expect(wide?.message).toBe(
      'ClusterRoleBinding "operators" gives cluster-admin to "ops" and "jo": every right in the whole cluster.',
    );
    const [narrow] = inspect(clusterAdminBound, binding('RoleBinding', 'cluster-admin', ['Group ops']));
    expect(narrow?.message).toContain('in namespace "shop"');
  });
});

describe('fixes', () => {
  test('other roles of every cluster', () => {
    const titles = (kind: string, subject = 'Group ops') =>
      inspect(clusterAdminBound, binding(kind, 'cluster-admin', [subject]))[0]?.fixes;
    expect(titles(CRB)).toEqual(['Bind the ClusterRole view instead']);
    expect(titles(CRB, 'ServiceAccount tiller shop')).toEqual([
      'Bind the ClusterRole edit in the namespace shop only',
      'Bind the ClusterRole view instead',
    ]);
    expect(titles('RoleBinding')).toContain('Bind the ClusterRole admin instead');
  });

  test('one subject among others goes, with its comment', () => {
    check(systemMastersBound, binding(CRB, 'view', ['Group ops', 'Group system:masters', 'User jo']), 1);
    check(anonymousSubjectBound, binding(CRB, 'view', ['User system:anonymous', 'User jo']), 1);
    check(authenticatedSubjectBound, binding('RoleBinding', 'view', ['User jo', 'Group system:authenticated']), 1);
    check(clusterAdminBound, binding('RoleBinding', 'cluster-admin', ['Group ops']), 1);
    check(clusterAdminBound, binding(CRB, 'cluster-admin', ['ServiceAccount tiller shop']), 1);
  });
});
