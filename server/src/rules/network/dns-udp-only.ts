import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { DNS_PORT, describePolicy, getPorts, getTrafficRules } from './_policies';

const toDns = (ports: string) =>
  toPolicyExample(`policyTypes: [Egress]
egress:
  - to:
      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }
        podSelector: { matchLabels: { k8s-app: kube-dns } }
    ports:
${ports}`);

export default defineRule({
  id: 'dns-udp-only',
  category: 'network',
  title: 'DNS over one protocol only',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'An egress rule allows port 53 over UDP and not over TCP, or the other way round.',
    why: 'Most answers come over UDP. One that is too long for a packet is asked for again over TCP, so names with many addresses or long records fail, now and then, and look like a broken network. A port without `protocol` is TCP, and then hardly any name is found.',
    remedy: 'Allow both protocols.',
    flags: toDns('      - protocol: UDP\n        port: 53'),
    passes: toDns('      - protocol: UDP\n        port: 53\n      - protocol: TCP\n        port: 53'),
  },
  visit: {
    *resource(resource) {
      const rules = getTrafficRules(resource).filter(({ direction }) => direction === 'Egress');
      // A rule without ports allows both protocols, if perhaps not to the same peers.
      if (rules.some(({ ref }) => getPorts(ref).length === 0)) return;
      const ports = rules
        .flatMap(({ ref }) => getPorts(ref).map((port) => ({ ...port, rule: ref })))
        .filter(({ port }) => port === DNS_PORT);
      const protocols = new Set(ports.map(({ protocol }) => protocol));
      const [first] = ports;
      if (!first || protocols.size !== 1 || (!protocols.has('UDP') && !protocols.has('TCP'))) return;
      const [has, lacks] = protocols.has('UDP') ? ['UDP', 'TCP'] : ['TCP', 'UDP'];
      const why = has === 'UDP' ? 'long answers come over TCP' : 'questions are asked over UDP first';
      const isDefault = !first.ref.get('protocol').isWritten;
      yield {
        at: first.ref.get('port'),
        severity: has === 'UDP' ? 'info' : 'warning',
        message: `${describePolicy(resource)} allows DNS (port 53) over ${has}${isDefault ? ' (the default)' : ''} only, and ${why}.`,
        fixes: [
          {
            title: `Allow port 53 over ${lacks} too`,
            safety: 'unsafe',
            operations: [{ op: 'append', at: first.rule.get('ports'), value: { protocol: lacks, port: DNS_PORT } }],
          },
        ],
      };
    },
  },
});
