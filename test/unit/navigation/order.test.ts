import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renameAccount } from '../../../server/src/engine/navigation/rename';
import { getDefinition, getReferences } from '../../../server/src/engine/navigation/targets';
import type { Project } from '../../../server/src/engine/project';
import { languageOf, openProject, toUri } from '../../harness/lint-text';
import { CLUSTER } from './files';

const NAMES = Object.keys(CLUSTER);

/** Every answer to every question at every place where a word begins. */
function answer(project: Project): unknown {
  return NAMES.flatMap((name) => {
    const uri = toUri(name);
    const words = (project.getText(uri) ?? '').matchAll(/(?<=[\s:"'/])[a-z]/g);
    return [...words].map(({ index }) => [
      getDefinition(project, uri, index)?.targets.map(({ uri: file, span }) => [file, span]),
      getReferences(project, uri, index, true)?.map(({ uri: file, span }) => [file, span]),
      renameAccount(project, uri, index, 'scribe'),
    ]);
  });
}

const EXPECTED = answer(openProject(CLUSTER));

test('answers are the same in whatever order files are read, come, go and change', () => {
  const step = fc.record({ name: fc.constantFrom(...NAMES), isGone: fc.boolean() });
  fc.assert(
    fc.property(fc.shuffledSubarray(NAMES, { minLength: NAMES.length }), fc.array(step), (order, detours) => {
      const project = openProject({});
      for (const { name, isGone } of detours) {
        if (isGone) project.removeFile(toUri(name));
        else project.setFile(toUri(name), (CLUSTER[name] ?? '').replaceAll('writer', 'reader'), languageOf(name));
      }
      for (const name of order) project.setFile(toUri(name), CLUSTER[name] ?? '', languageOf(name), name < 'i');
      expect(answer(project)).toEqual(EXPECTED);
    }),
    { numRuns: 8 },
  );
});
