import { expect, test } from 'vitest';
import type { FileAccess, Reading } from '../../server/src/lsp/files';
import { readInBackground, type ScanInput } from '../../server/src/lsp/scan';
import { openProject, toUri } from '../harness/lint-text';
import { ACCOUNT, PRIVILEGED_POD } from './texts';

type Answer = (reading: Reading | 'unchanged' | undefined) => void;

/** A disk whose answers come when a test gives them. */
function createSlowDisk() {
  const asked: Answer[] = [];
  const readChanged: FileAccess['readChanged'] = () => new Promise((answer) => asked.push(answer));
  const files: FileAccess = {
    list: async () => [],
    read: async () => undefined,
    kindOf: async () => 'file',
    readChanged,
  };
  const project = openProject({});
  const stamps = new Map<string, string>();
  const readings = new Map<string, symbol>();
  const input: ScanInput = { files, project, stamps, readings, isOpen: () => false, isStopped: () => false };
  return { asked, input, project, stamps, readings };
}

const KEY = toUri('a.yaml');

test('of two readings of a file the one that began later counts, whichever ends first', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { asked, input, project, stamps, readings } = createSlowDisk();
    const both = Promise.all([readInBackground(input, KEY), readInBackground(input, KEY)]);
    const texts = [ACCOUNT, PRIVILEGED_POD];
    for (const index of order) asked[index]?.({ text: texts[index], stamp: String(index) });
    await both;
    expect(project.getText(KEY)).toBe(PRIVILEGED_POD);
    expect(stamps.get(KEY)).toBe('1');
    expect(readings.size).toBe(0);
  }
});

test('a file that went while it was read does not come back', async () => {
  const { asked, input, project } = createSlowDisk();
  const both = Promise.all([readInBackground(input, KEY), readInBackground(input, KEY)]);
  asked[1]?.(undefined);
  asked[0]?.({ text: ACCOUNT, stamp: '0' });
  await both;
  expect(project.has(KEY)).toBe(false);
});
