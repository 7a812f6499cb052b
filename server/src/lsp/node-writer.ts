import { type Message, StreamMessageWriter } from 'vscode-languageserver/node';
import { getParts } from './parts';

/** Where a message that carries diagnostics has their list. */
const LISTS = [
  { holder: 'result', name: 'items' },
  { holder: 'params', name: 'diagnostics' },
] as const;

const COMMA = Buffer.from(',');

/**
 * Writes messages to a stream. A list of diagnostics is put together from the bytes of its parts, of which those that have not
 * changed were written before: writing a thousand diagnostics anew costs more than everything else that a keystroke does.
 */
export function createWriter(stream: NodeJS.WritableStream): StreamMessageWriter {
  const written = new WeakMap<readonly unknown[], Buffer>();
  const toBytes = (part: readonly unknown[]): Buffer => {
    const bytes = written.get(part) ?? Buffer.from(JSON.stringify(part).slice(1, -1));
    written.set(part, bytes);
    return bytes;
  };
  return new StreamMessageWriter(stream, {
    charset: 'utf-8',
    contentTypeEncoder: {
      name: 'application/json',
      encode: async (message) => encodeInParts(message, toBytes) ?? Buffer.from(JSON.stringify(message)),
    },
  });
}

function encodeInParts(message: Message, toBytes: (part: readonly unknown[]) => Buffer): Uint8Array | undefined {
  for (const { holder, name } of LISTS) {
    const body: unknown = Object(message)[holder];
    const list: unknown = Object(body ?? {})[name];
    const parts = Array.isArray(list) ? getParts(list) : undefined;
    if (!parts) continue;
    // Quotes in values are escaped, so the first place that looks like the emptied list is the emptied list.
    const frame = JSON.stringify({ ...message, [holder]: { ...Object(body), [name]: [] } });
    const gap = frame.indexOf(`"${name}":[]`) + name.length + 4;
    const filled = parts
      .filter((part) => part.length > 0)
      .flatMap((part, index) => {
        return index === 0 ? [toBytes(part)] : [COMMA, toBytes(part)];
      });
    return Buffer.concat([Buffer.from(frame.slice(0, gap)), ...filled, Buffer.from(frame.slice(gap))]);
  }
  return undefined;
}
