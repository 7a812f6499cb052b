import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { describePolicy, getPorts, getTrafficRules } from './_policies';

const toExample = (port: string) =>
  toPolicyExample(
    `policyTypes: [Egress]\negress:\n  - to:\n      - ipBlock: { cidr: 192.0.2.7/32 }\n    ports:\n      - ${port}`,
  );

/** Ports whose services speak UDP and hardly ever anything else (IANA Service Name and Port Number Registry). */
const UDP_SERVICES: ReadonlyMap<unknown, string> = new Map([
  [69, 'TFTP'],
  [123, 'NTP'],
  [161, 'SNMP'],
  [162, 'SNMP traps'],
  [500, 'IKE'],
  [514, 'syslog'],
  [1812, 'RADIUS'],
  [1813, 'RADIUS accounting'],
  [4500, 'IPsec'],
  [4789, 'VXLAN'],
  [8125, 'StatsD'],
  [51820, 'WireGuard'],
]);

export default defineRule({
  id: 'udp-port-over-tcp',
  category: 'network',
  title: 'Port of a UDP service left to TCP',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy names the port of a service that speaks UDP, and no protocol.',
    why: 'A port without `protocol` is a port of TCP. The rule opens what nobody uses and leaves closed what it was written for: clocks, logs and metrics stop without an error, because nobody answers to UDP anyway.',
    remedy: 'Write `protocol: UDP`; or write `protocol: TCP` where that is meant. Port 53 has a rule of its own.',
    flags: toExample('port: 123'),
    passes: toExample('{ protocol: UDP, port: 123 }'),
  },
  visit: {
    *resource(resource) {
      for (const { ref: rule } of getTrafficRules(resource)) {
        const ports = getPorts(rule);
        for (const { ref, port } of ports) {
          const service = UDP_SERVICES.get(port);
          const at = ref.get('protocol');
          if (service === undefined || !at.isAbsent) continue;
          if (ports.some((other) => other.port === port && other.protocol !== 'TCP')) continue;
          yield {
            at: ref.get('port'),
            message: `${describePolicy(resource)} names port ${port} without a protocol, which means TCP; ${service} speaks UDP.`,
            fixes: [
              { title: 'Set protocol: UDP', safety: 'unsafe', operations: [{ op: 'set', at, value: 'UDP' }] },
              { title: 'Set protocol: TCP', safety: 'unsafe', operations: [{ op: 'set', at, value: 'TCP' }] },
            ],
          };
        }
      }
    },
  },
});
