import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

export const peerNames = ['lancedb', 'sqlite', 'pglite', 'orama'] as const;
export type PeerName = (typeof peerNames)[number];
export type PeerMode = 'hybrid' | 'vector' | 'words';

export interface PeerQuery {
  readonly text: string;
  readonly vector: readonly number[];
}

/** Where the same texts and the same vectors lie for all. */
export interface PeerData {
  readonly dir: string;
  readonly textsFile: string;
  readonly vectorsFile: string;
  readonly dimension: number;
}

const answered = z.object({ ms: z.array(z.number()), found: z.array(z.array(z.number())) });
export type PeerAnswer = z.infer<typeof answered>;
const seconds = z.record(z.string(), z.number());
export type PeerSeconds = z.infer<typeof seconds>;
const reply = z.object({ id: z.number(), value: z.unknown().optional(), error: z.string().optional() });

/** One of the others in a process of its own, as it would be alone. */
export class PeerProcess {
  readonly name: PeerName;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  constructor(peersDir: string, name: PeerName) {
    this.name = name;
    this.#child = fork(path.join(peersDir, 'peer.mjs'), {
      // One of them warns with each query of what will be otherwise some day.
      env: { ...process.env, LANCEDB_LOG: 'error', NODE_NO_WARNINGS: '1' },
      execArgv: ['--max-old-space-size=8192'],
    });
    this.#child.on('message', (message) => {
      const { id, value, error } = reply.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(`${name}: ${error}`));
    });
    this.#child.on('exit', (code) => {
      for (const waiting of this.#waiting.values())
        waiting.reject(new Error(`${name} ended with ${code ?? 'a signal'}.`));
    });
  }

  async make(data: PeerData): Promise<PeerSeconds> {
    return seconds.parse(await this.#tell('make', { name: this.name, ...data }));
  }

  async ask(mode: PeerMode, queries: readonly PeerQuery[], limit: number): Promise<PeerAnswer> {
    return answered.parse(await this.#tell('ask', { mode, queries, limit }));
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    await this.#tell('close', {});
    this.#child.kill();
  }

  #tell(kind: string, what: object): Promise<unknown> {
    this.#asked += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#asked, waiting);
    this.#child.send({ id: this.#asked, kind, ...what });
    return waiting.promise;
  }
}
