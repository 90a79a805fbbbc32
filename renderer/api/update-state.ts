import type { UpdateState } from '../../shared/schemas/update-state.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

const updateState = follow<UpdateState>({
  first: { state: 'impossible' },
  read: () => loci.app.update(),
  listen: (tell) => listen('app:update', tell),
  unreadable: () => ({ state: 'impossible' }),
});

export const useUpdateState = (): UpdateState => useFollowed(updateState);
