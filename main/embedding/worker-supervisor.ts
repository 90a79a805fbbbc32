import type { Log } from '../logging/log.ts';
import type { EmbedderStatus } from './embedder-status.ts';
import type { FromWorker, ToWorker, WorkerHost } from './worker-protocol.ts';

export interface SupervisorOptions {
  readonly host: () => WorkerHost;
  readonly modelDir: string;
  readonly isPinned: boolean;
  readonly background: boolean;
  readonly log: Log;
  readonly limits: SupervisorLimits;
  readonly onStatus: (status: EmbedderStatus) => void;
  readonly onAnswer: (message: FromWorker) => void;
  /** Whether something is waiting for the worker: only then is its silence suspicious. */
  readonly isWaiting: () => boolean;
}

export interface SupervisorLimits {
  /** Doubled at every crash that follows. */
  readonly firstRestartDelayMs: number;
  readonly longestRestartDelayMs: number;
  /** So many crashes within `crashWindowMs`, and the worker is left alone until someone asks for it. */
  readonly maxCrashes: number;
  readonly crashWindowMs: number;
  /** A worker that has work and says nothing for so long hangs. A batch takes a tenth of a second, loading one. */
  readonly silenceMs: number;
}

export const usualLimits: SupervisorLimits = {
  firstRestartDelayMs: 250,
  longestRestartDelayMs: 30_000,
  maxCrashes: 5,
  crashWindowMs: 600_000,
  silenceMs: 30_000,
};

/** Keeps one worker running: starts it, notices its death or silence, starts it again, gives up in the end. */
export class WorkerSupervisor {
  readonly #options: SupervisorOptions;
  #host: WorkerHost | undefined;
  #status: EmbedderStatus = { state: 'starting' };
  #crashTimes: number[] = [];
  #restart: NodeJS.Timeout | undefined;
  #silenceChecks = 0;
  readonly #silenceWatch: NodeJS.Timeout;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    // Counted in checks and not on a clock: while the machine sleeps, no check comes and no silence counts.
    this.#silenceWatch = setInterval(() => this.#checkSilence(), options.limits.silenceMs / 10).unref();
  }

  get status(): EmbedderStatus {
    return this.#status;
  }

  /** Nothing more will happen by itself. */
  get isSettled(): boolean {
    return this.#status.state === 'degraded'
      ? !this.#restart && !this.#host
      : this.#status.state !== 'starting';
  }

  start(): void {
    if (this.#status.state === 'stopped' || this.#host || this.#restart) return;
    this.#crashTimes = [];
    this.#become({ state: 'starting' });
    this.#launch();
  }

  post(message: ToWorker): void {
    this.#host?.post(message);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    clearInterval(this.#silenceWatch);
    this.#restart = undefined;
    const host = this.#host;
    this.#host = undefined;
    host?.kill();
    await this.#ended;
    this.#become({ state: 'stopped' });
  }

  #launch(): void {
    const { host: createHost, modelDir, isPinned, background, log } = this.#options;
    let host: WorkerHost;
    try {
      host = createHost();
    } catch (error) {
      log.error('The embedding worker could not be started', error);
      this.#crashed('it could not be started');
      return;
    }
    this.#host = host;
    this.#silenceChecks = 0;
    host.onMessage((message) => {
      if (host === this.#host) this.#hear(message, host);
    });
    this.#ended = new Promise((resolve) => {
      host.onExit((how) => {
        resolve();
        if (host !== this.#host) return;
        this.#host = undefined;
        this.#crashed(how);
      });
    });
    host.post({ kind: 'load', modelDir, runtime: host.runtime, isPinned, background });
  }

  #hear(message: FromWorker, host: WorkerHost): void {
    this.#silenceChecks = 0;
    switch (message.kind) {
      case 'ready': {
        const { model, loadMs } = message;
        this.#options.log.info('Embedding model ready', { ...model, loadMs });
        this.#become({ state: 'ready', model, loadMs, ...(host.pid === undefined ? {} : { pid: host.pid }) });
        return;
      }
      case 'refused':
        // Not a crash: the files will be the same at the next try.
        this.#host = undefined;
        host.kill();
        this.#options.log.error('The embedding model cannot be used', message.detail);
        this.#become({ state: 'degraded', reason: message.fault, detail: message.detail });
        return;
      case 'working':
        return;
      default:
        this.#options.onAnswer(message);
    }
  }

  #crashed(how: string): void {
    const { limits, log } = this.#options;
    const now = performance.now();
    this.#crashTimes = [...this.#crashTimes.filter((time) => now - time < limits.crashWindowMs), now];
    const givesUp = this.#crashTimes.length >= limits.maxCrashes;
    const delayMs = Math.min(
      limits.firstRestartDelayMs * 2 ** (this.#crashTimes.length - 1),
      limits.longestRestartDelayMs,
    );
    log.error('The embedding worker ended', how, { crashes: this.#crashTimes.length, givesUp });
    if (!givesUp) {
      this.#restart = setTimeout(() => {
        this.#restart = undefined;
        this.#launch();
      }, delayMs);
    }
    this.#become({ state: 'degraded', reason: 'crashed', detail: how });
  }

  #checkSilence(): void {
    const loading = this.#host !== undefined && this.#status.state !== 'ready';
    const waiting = loading || (this.#host !== undefined && this.#options.isWaiting());
    this.#silenceChecks = waiting ? this.#silenceChecks + 1 : 0;
    if (this.#silenceChecks <= 10) return;
    this.#options.log.warn('The embedding worker hangs and is ended');
    this.#host?.kill();
  }

  #become(status: EmbedderStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }
}
