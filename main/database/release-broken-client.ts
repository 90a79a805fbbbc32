/** What is used of a client of pg's pool. */
interface PooledClient {
  query(sql: unknown, ...rest: unknown[]): unknown;
  release(error: Error): void;
}

/**
 * Gives a connection back to the pool when its transaction cannot begin or be rolled back, because
 * the server went away. Kysely keeps such a connection for ever: eight lost ones, and nothing works
 * until the app is restarted. Goes when https://github.com/kysely-org/kysely/issues/1990 is fixed.
 */
export function releaseWhenBroken(client: PooledClient): void {
  const query = client.query.bind(client);
  client.query = (sql, ...rest) => {
    const result = query(sql, ...rest);
    if (
      result instanceof Promise &&
      typeof sql === 'string' &&
      /^(begin$|start transaction|rollback$)/.test(sql)
    ) {
      result.catch((error: unknown) => client.release(error instanceof Error ? error : new Error('broken')));
    }
    return result;
  };
}
