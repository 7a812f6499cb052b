import type { Fix } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import type { Severity } from '../../engine/settings';
import { type Container, describeContainer } from '../../model/kubernetes/pod';

/** What the gravest capabilities allow. */
const POWERS: Readonly<Record<string, string>> = {
  ALL: 'all that root may do',
  SYS_ADMIN: 'nearly all that root may do, mounting included',
  SYS_MODULE: 'loading code into the kernel of the node',
  SYS_PTRACE: 'reading and changing the memory of other processes',
  SYS_RAWIO: 'raw access to memory and devices of the node',
  SYS_BOOT: 'restarting the node',
  SYS_TIME: 'changing the clock of the node',
  BPF: 'running programs in the kernel of the node',
  DAC_READ_SEARCH: 'reading any file, and by it leaving the container',
  NET_ADMIN: 'changing the network and its filters',
  NET_RAW: 'forging packets of other pods',
};

/** Reports every capability that a container adds beside the allowed ones; names are compared exactly, as upstream does. */
export function* findForbiddenAdds(
  container: Container,
  allowed: readonly string[],
  severity: Severity,
): Generator<Report> {
  for (const item of container.securityContext.get('capabilities', 'add').items()) {
    const name = item.isPresent ? item.string : undefined;
    if (name === undefined || allowed.includes(name)) continue;
    const plain = name.toUpperCase().replace(/^CAP_/, '');
    const isMisspelt = allowed.includes(plain);
    const power = POWERS[plain];
    const fixes: Fix[] = [
      { title: `Remove ${name}`, safety: 'unsafe', operations: [{ op: 'remove', at: item, upTo: 2 }] },
    ];
    if (isMisspelt) {
      fixes.unshift({ title: `Write ${plain}`, safety: 'unsafe', operations: [{ op: 'set', at: item, value: plain }] });
    }
    yield {
      at: item,
      severity,
      message: `The ${describeContainer(container)} adds the capability "${name}", ${
        isMisspelt
          ? `which is not allowed in this spelling: the standard compares names exactly and knows ${plain}.`
          : `which the standard does not allow${power ? `: it allows ${power}` : ''}.`
      }`,
      fixes,
    };
  }
}
