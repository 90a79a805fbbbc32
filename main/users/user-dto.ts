import type { CountedUser, User } from '../../shared/schemas/user.ts';
import type { CountedUserRow, UserRow } from './user.repository.ts';

export function toUser({ id, name, email, createdAt }: UserRow, currentUserId: string | undefined): User {
  return { id, name, email, createdAt: createdAt.toISOString(), current: id === currentUserId };
}

export function toCountedUser(row: CountedUserRow, currentUserId: string | undefined): CountedUser {
  return { ...toUser(row, currentUserId), memories: row.memories };
}
