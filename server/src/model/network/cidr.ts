/** A block of addresses as CIDR notation says it. */
export interface Cidr {
  readonly version: 4 | 6;
  /** The address as it is written. */
  readonly address: bigint;
  /** Length of the prefix, in bits. */
  readonly length: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads `10.0.0.0/8` or `fd00::/8`; undefined for anything else. Leading zeros are taken as the API server takes them. */
export function parseCidr(text: string): Cidr | undefined {
  const [written = '', prefix, ...rest] = text.split('/');
  if (prefix === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  const found = parseAddress(written);
  const length = Number(prefix);
  return found && length <= BITS[found.version] ? { ...found, length } : undefined;
}

/** Reads one address, IPv4 or IPv6; undefined for anything else. */
export function parseAddress(text: string): { readonly version: 4 | 6; readonly address: bigint } | undefined {
  const address = text.includes(':') ? toIpv6(text) : toIpv4(text);
  return address === undefined ? undefined : { version: text.includes(':') ? 6 : 4, address };
}

function toIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function toIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(toGroups)));
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const all = tail ? [...head, ...Array<string>(missing).fill('0'), ...tail] : head;
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** A group of an IPv6 address; its last 32 bits may be written as IPv4. */
function toGroups(group: string): string[] {
  if (!group.includes('.')) return [group];
  const value = toIpv4(group);
  return value === undefined ? ['invalid'] : [(value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}

function toNetwork({ version, address, length }: Cidr): bigint {
  const shift = BigInt(BITS[version] - length);
  return (address >> shift) << shift;
}

/** True when bits behind the prefix are set, so that the block begins before the address that is written. */
export function hasHostBits(cidr: Cidr): boolean {
  return toNetwork(cidr) !== cidr.address;
}

/** True when every address of `inner` is one of `outer`. */
export function containsBlock(outer: Cidr, inner: Cidr): boolean {
  if (outer.version !== inner.version || outer.length > inner.length) return false;
  return toNetwork({ ...inner, length: outer.length }) === toNetwork(outer);
}

/** True when some address is in both. */
export function areOverlapping(a: Cidr, b: Cidr): boolean {
  return containsBlock(a, b) || containsBlock(b, a);
}

/** The two blocks of which a block is made; none for a single address. */
export function halve(block: Cidr): Cidr[] {
  const { version, length } = block;
  if (length === BITS[version]) return [];
  const first = { version, address: toNetwork(block), length: length + 1 };
  return [first, { ...first, address: first.address | (1n << BigInt(BITS[version] - length - 1)) }];
}

/** The block in its usual notation, without host bits. */
export function toCidrText(cidr: Cidr): string {
  const network = toNetwork(cidr);
  return `${cidr.version === 4 ? toIpv4Text(network) : toIpv6Text(network)}/${cidr.length}`;
}

function toIpv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

/** RFC 5952: the longest run of two or more zeros is left out, the first of equals. */
function toIpv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  ).join(':');
  const runs = groups.match(/\b0(:0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups;
  const at = groups.search(new RegExp(`(^|:)${longest}(:|$)`));
  const start = groups[at] === ':' ? at + 1 : at;
  return `${groups.slice(0, start).replace(/:$/, '')}::${groups.slice(start + longest.length).replace(/^:/, '')}`;
}
