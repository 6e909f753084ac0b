import { DomainError } from '../platform/errors.ts';

/** The same decision about the same person is one award; this names the first. */
export const awardExists = (id: string) =>
  new DomainError('award-exists', `The same decision was awarded before, as award ${id}.`, {
    extensions: { award: id },
  });
