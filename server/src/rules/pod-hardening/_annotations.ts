import type { Operation } from '../../engine/operation';
import type { Ref } from '../../syntax/ref';

/** What a profile annotation asks for, as the field says it; undefined for `unconfined` and what is no profile. */
export function toProfile(value: string): { type: string; localhostProfile?: string } | undefined {
  if (value === 'runtime/default' || value === 'docker/default') return { type: 'RuntimeDefault' };
  const local = /^localhost\/(.+)$/.exec(value)?.[1];
  return local === undefined ? undefined : { type: 'Localhost', localhostProfile: local };
}

/** Takes an annotation away and writes what it asks for at `field`, unless something is said there already. */
export function toMigration(annotation: Ref, field: Ref | undefined): Operation[] {
  const operations: Operation[] = [{ op: 'remove', at: annotation, upTo: 1 }];
  const profile = toProfile(annotation.string ?? '');
  if (field && profile && !field.isWritten) operations.push({ op: 'set', at: field, value: profile });
  return operations;
}
