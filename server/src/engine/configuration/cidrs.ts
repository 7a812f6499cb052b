import { hasHostBits, parseCidr } from '../../model/network/cidr';

/** What is wrong with an entry of `clusterCidrs`, as a sentence; undefined for a good one. */
export function getCidrProblem(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (!cidr) return 'It must be a block of addresses, such as 10.244.0.0/16.';
  return hasHostBits(cidr) ? 'It must begin where the block begins, such as 10.244.0.0/16.' : undefined;
}
