import { useSyncExternalStore } from 'react';
import type { CountedUser } from '../../shared/schemas/user.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

/** Undefined until they were read for the first time. */
const people = follow<readonly CountedUser[] | undefined>({
  first: undefined,
  read: () => loci.users.list(),
  listen: (tell, ask) =>
    listen('user:switched', ({ userId }) => {
      // Who it is can be shown at once; how many memories each of them has is asked for.
      tell(people.current()?.map((person) => ({ ...person, current: person.id === userId })));
      ask();
    }),
});

export const usePeople = (): readonly CountedUser[] | undefined => useFollowed(people);

/** How many memories each has changes without an announcement. Rejects when that cannot be read. */
export const refreshPeople = (): Promise<void> => people.refresh();

/** After something was done: that it cannot be seen at once does not mean that it was not done. */
const showOutcome = (): Promise<void> => people.refresh().catch(() => undefined);

export async function addPerson(wish: { name: string; email: string | null }): Promise<string> {
  const { id } = await loci.users.create(wish);
  await showOutcome();
  return id;
}

export async function changePerson(change: {
  id: string;
  name: string;
  email: string | null;
}): Promise<void> {
  await loci.users.change(change);
  await showOutcome();
}

export async function switchTo(id: string): Promise<void> {
  await loci.users.switch({ id });
}

export async function removePerson(removal: { id: string; confirmation: string }): Promise<void> {
  await loci.users.remove(removal);
  await showOutcome();
}

let switches = 0;

/** Another number for each library that comes into view: what was read of the one before is out of date. */
export function useLibraryInView(): number {
  return useSyncExternalStore(followSwitches, () => switches);
}

function followSwitches(onChange: () => void): () => void {
  return listen('user:switched', () => {
    switches += 1;
    onChange();
  });
}
