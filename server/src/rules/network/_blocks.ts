import type { Report } from '../../engine/rule';
import { type Cidr, containsBlock, hasHostBits, parseAddress, parseCidr, toCidrText } from '../../model/network/cidr';
import type { Ref } from '../../syntax/ref';

/** What is wrong with one block of addresses. */
export function* judgeBlock(at: Ref, who: string): Iterable<Report> {
  const text = at.string ?? '';
  const cidr = parseCidr(text);
  if (!cidr) {
    const address = parseAddress(text);
    const right = address && `${text}/${address.version === 4 ? 32 : 128}`;
    yield {
      at,
      message: `${who} has "${text}" where a block of addresses belongs${address ? ': the length of the prefix is missing' : ''}. The API server refuses it.`,
      fixes: right
        ? [{ title: `Change it to ${right}`, safety: 'unsafe', operations: [{ op: 'set', at, value: right }] }]
        : [],
    };
  } else if (hasHostBits(cidr)) {
    const meant = toCidrText(cidr);
    yield {
      at,
      severity: 'warning',
      message: `${who} has the block ${text}, which begins at ${meant}: the rest of the address counts for nothing.`,
      fixes: [
        { title: `Change it to ${meant}, which it is`, safety: 'safe', operations: [{ op: 'set', at, value: meant }] },
      ],
    };
  }
}

/** What is wrong with an exception of `cidr`, which is written as `text`. */
export function* judgeException(at: Ref, cidr: Cidr, text: string, who: string): Iterable<Report> {
  const hole = parseCidr(at.string ?? '');
  if (!hole || (containsBlock(cidr, hole) && hole.length > cidr.length)) return;
  const reason = containsBlock(hole, cidr) ? `leaves nothing of ${text}` : `lies outside of ${text}`;
  yield {
    at,
    message: `${who} has the exception ${at.string}, which ${reason}. The API server refuses it.`,
    fixes: containsBlock(hole, cidr)
      ? []
      : [{ title: 'Remove the exception', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
  };
}
