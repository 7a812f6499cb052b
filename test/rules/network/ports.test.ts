import { describe, expect, test } from 'vitest';
import namedPortUnresolved from '../../../server/src/rules/network/named-port-unresolved';
import portNotServed from '../../../server/src/rules/network/port-not-served';
import servicePortConfused from '../../../server/src/rules/network/service-port-confused';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { toDeployment, toPolicy, toServer } from './policy-text';

const api = toDeployment('api', '{ app: api }');
const db = toServer('db', '{ app: db }', '[{ name: sql, containerPort: 5432 }]');

describe('ports', () => {
  const admit = (port: string) => toPolicy(`policyTypes: [Ingress]\ningress:\n  - ports:\n      - ${port}\n`);
  const service = (port: string, name = 'db') =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  selector: { app: db }\n  ports:\n    - ${port}\n`;

  const two = (one: string, other: string) =>
    toServer('db', '{ app: db }', `[{ name: ${one}, containerPort: 5432 }, { name: ${other}, containerPort: 8080 }]`);

  test('a port that no container declares', () => {
    const files = { 'policy.yaml': admit('port: 5433 # sql'), 'db.yaml': db };
    expect(inspect(portNotServed, files)).toMatchObject([{ text: '5433', fixes: ['Change it to 5432'] }]);
    check(portNotServed, files, 1);
  });

  test('what goes out is judged by the peers', () => {
    const out = toPolicy(
      'policyTypes: [Egress]\negress:\n  - to: [{ podSelector: { matchLabels: { app: db } } }]\n    ports: [{ port: 5433 }, { port: 53, protocol: UDP }]\n',
      '{ matchLabels: { app: api } }',
    );
    expect(inspect(portNotServed, { 'policy.yaml': out, 'db.yaml': db }).map(({ text }) => text)).toEqual([
      '5433',
      '53',
    ]);
  });

  test.each([
    ['it is declared', admit('port: 5432'), db, ''],
    ['a range is named', admit('{ port: 1000, endPort: 2000 }'), db, ''],
    ['pods declare nothing', admit('port: 5433'), toDeployment('db', '{ app: db }'), ''],
    ['a Service sends there', admit('port: 5433'), db, service('{ port: 80, targetPort: 5433 }')],
    ["the port is a Service's", admit('port: 80'), db, service('{ port: 80, targetPort: sql }')],
    ['other pods may be selected', admit('port: 5433'), `${db}---\n${toDeployment('x', '{ app: "${APP}" }')}`, ''],
  ])('no note where %s', (_, policy, pods, more) => {
    expect(inspect(portNotServed, { 'policy.yaml': policy, 'db.yaml': pods, 'service.yaml': more })).toEqual([]);
  });

  test.each([
    ['by number', '{ port: 80, targetPort: 5432 }'],
    ['by name', '{ port: 80, targetPort: sql }'],
  ])("the Service's port, its target given %s", (_, port) => {
    const files = { 'policy.yaml': admit('port: 80'), 'db.yaml': db, 'service.yaml': service(port) };
    expect(inspect(servicePortConfused, files)).toMatchObject([{ text: '80', fixes: ['Change it to 5432'] }]);
    check(servicePortConfused, files, 1);
  });

  test.each([
    ['they are the same', admit('port: 5432'), service('port: 5432')],
    ['a container has it too', admit('port: 5432'), service('{ port: 5432, targetPort: 9000 }')],
    ['the protocol differs', admit('{ port: 80, protocol: UDP }'), service('{ port: 80, targetPort: 5432 }')],
    [
      "the Service is another's",
      admit('port: 80'),
      service('{ port: 80, targetPort: 5432 }').replace('app: db', 'app: x'),
    ],
  ])("silent about a Service's port where %s", (_, policy, more) => {
    expect(inspect(servicePortConfused, { 'policy.yaml': policy, 'db.yaml': db, 'service.yaml': more })).toEqual([]);
  });

  test.each([
    [
      'a slip of the pen',
      'port: postgers',
      toServer('db', '{ app: db }', '[{ name: postgres, containerPort: 5432 }]'),
      '',
      ['Change it to postgres'],
    ],
    ["a Service's name", 'port: db', db, service('{ name: db, port: 80, targetPort: sql }'), ['Change it to sql']],
    ['a letter that is missing', 'port: htp', two('http', 'admin'), '', ['Change it to http']],
    ['two that changed places', 'port: wbe', two('web', 'admin'), '', ['Change it to web']],
    ['another word', 'port: api', two('app', 'admin'), '', []],
    ['told apart by a number', 'port: h1', two('h2', 'admin'), '', []],
    ['the only one with a name', 'port: http', db, '', ['Change it to sql, the only TCP port with a name']],
    [
      'the only one',
      'port: http',
      toServer('db', '{ app: db }', '[{ containerPort: 5432 }]'),
      '',
      ['Change it to 5432, the only TCP port'],
    ],
    [
      'the only one of two pods',
      'port: http',
      `${db}---\n${db.replace('name: db', 'name: replica')}`,
      '',
      ['Change it to sql, the only TCP port with a name'],
    ],
    ['the other protocol', '{ port: sql, protocol: UDP } # odd', db, '', ['Set protocol: TCP']],
    ['no name at all', 'port: http', toDeployment('db', '{ app: db }'), '', []],
  ])('a name that is not found: %s', (_, port, pods, more, right) => {
    const files = { 'policy.yaml': admit(port), 'db.yaml': pods, 'service.yaml': more };
    expect(inspect(namedPortUnresolved, files)).toMatchObject([{ fixes: right }]);
    check(namedPortUnresolved, files, 1);
  });

  test.each([
    ['it is found', 'port: sql', db],
    ['the pods are not here', 'port: http', api],
    ['a name is filled in later', 'port: http', db.replace('name: sql', 'name: "${NAME}"')],
  ])('silent about a name where %s', (_, port, pods) => {
    expect(inspect(namedPortUnresolved, { 'policy.yaml': admit(port), 'db.yaml': pods })).toEqual([]);
  });
});
