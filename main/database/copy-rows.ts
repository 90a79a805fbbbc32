import type { Duplex } from 'node:stream';
import type { Connection, PoolClient, Submittable } from 'pg';

export interface CopyRowsOptions {
  readonly from: PoolClient;
  readonly to: PoolClient;
  /** `copy … to stdout` */
  readonly read: string;
  /** `copy … from stdin` */
  readonly write: string;
  readonly onRows?: (rows: number) => void;
}

/** How much is gathered before it is sent on: a message for each row would be a packet for each. */
const portionBytes = 65_536;

/**
 * Hands rows from one server to another in the form Postgres itself writes and reads them in, without
 * looking at them: nothing is lost on the way through JavaScript's types, and no more than a portion is in
 * memory at a time. After a failure both connections are in the middle of something: end them.
 *
 * @returns how many rows the other server has taken
 */
export async function copyRows({ from, to, read, write, onRows }: CopyRowsOptions): Promise<number> {
  const writing = to.query(new CopyIn(write));
  const target = await writing.accepted;
  let portion: Buffer[] = [];
  let bytes = 0;
  let isWaiting = false;
  const send = (source: CopyConnection) => {
    onRows?.(portion.length);
    target.sendCopyFromChunk(Buffer.concat(portion));
    portion = [];
    bytes = 0;
    if (isWaiting || !target.stream.writableNeedDrain) return;
    isWaiting = true;
    source.stream.pause();
    target.stream.once('drain', () => {
      isWaiting = false;
      source.stream.resume();
    });
  };
  const reading = from.query(
    new CopyOut(read, (row, source) => {
      // The driver uses its buffer again for what comes next.
      portion.push(Buffer.from(row));
      bytes += row.length;
      if (bytes >= portionBytes) send(source);
    }),
  );
  const ended = reading.done.then((source) => {
    if (portion.length > 0) send(source);
    target.endCopyFrom();
  });
  const [rows] = await Promise.all([writing.done, ended]);
  return rows;
}

/** What of the driver's connection its own type does not mention. */
interface CopyConnection extends Connection {
  readonly stream: Duplex;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Called by the driver as the answers of the server arrive; the names of the methods are its own. */
class CopyIn implements Submittable {
  readonly accepted: Promise<CopyConnection>;
  readonly done: Promise<number>;
  readonly #sql: string;
  #rows = 0;
  // Set at once, by the promises above.
  #accept: (connection: CopyConnection) => void = () => undefined;
  #end: (rows: number) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(sql: string) {
    this.#sql = sql;
    this.done = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    this.accepted = new Promise((resolve, reject) => {
      this.#accept = resolve;
      this.done.catch(reject);
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#sql);
  }
  handleCopyInResponse(connection: CopyConnection): void {
    this.#accept(connection);
  }
  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#rows = Number(text.split(' ')[1]);
  }
  handleReadyForQuery(): void {
    this.#end(this.#rows);
  }
  handleError(error: Error): void {
    this.#fail(error);
  }
}

class CopyOut implements Submittable {
  readonly done: Promise<CopyConnection>;
  readonly #sql: string;
  readonly #onRow: (row: Buffer, connection: CopyConnection) => void;
  #end: (connection: CopyConnection) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(sql: string, onRow: (row: Buffer, connection: CopyConnection) => void) {
    this.#sql = sql;
    this.#onRow = onRow;
    this.done = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#sql);
  }
  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: CopyConnection): void {
    this.#onRow(chunk, connection);
  }
  handleCommandComplete(): void {
    // How many they were is told by the side that takes them.
  }
  handleReadyForQuery(connection: CopyConnection): void {
    this.#end(connection);
  }
  handleError(error: Error): void {
    this.#fail(error);
  }
}
