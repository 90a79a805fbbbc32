/** Where the library is: the bundled server, or any other PostgreSQL by its URL (`LOCI_DATABASE_URL`). */
export type DatabaseConnection =
  | {
      /** A host name, or the folder of a socket. */
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly password?: string | undefined;
    }
  | { readonly url: string };

/** The name of the database in a connection. */
export function databaseName(connection: DatabaseConnection): string {
  if ('database' in connection) return connection.database;
  return decodeURIComponent(new URL(connection.url).pathname.slice(1));
}

/** The same connection, in the form every PostgreSQL tool takes. A socket's folder becomes the encoded host. */
export function connectionUrl(connection: DatabaseConnection): string {
  if ('url' in connection) return connection.url;
  const { host, port, user, database, password } = connection;
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  return `postgresql://${encodeURIComponent(user)}${secret}@${encodeURIComponent(host)}:${port}/${encodeURIComponent(database)}`;
}

/** Whether an address that a person typed is one of a PostgreSQL database. */
export function isAddress(connection: DatabaseConnection): boolean {
  if (!('url' in connection)) return true;
  try {
    const { protocol } = new URL(connection.url);
    return ['postgresql:', 'postgres:'].includes(protocol) && databaseName(connection) !== '';
  } catch {
    // A password with characters that have to be encoded, most often.
    return false;
  }
}
