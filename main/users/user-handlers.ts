import type { Handlers } from '../../shared/ipc/define.ts';
import type { userOperations } from '../../shared/ipc/operations/users.ts';
import type { UserService } from './user-service.ts';

export function userHandlers(users: UserService): Handlers<{ users: typeof userOperations }>['users'] {
  return {
    list: () => users.list(),
    create: (wish) => users.create(wish),
    change: (change) => users.change(change),
    switch: ({ id }) => users.switchTo(id),
    remove: (removal) => users.remove(removal),
  };
}
