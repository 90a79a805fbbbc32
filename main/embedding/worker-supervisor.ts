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
  /** So long without work, and it gives its memory back until there is some: a hundred megabytes, for a third of a second. */
  readonly restAfterMs: number;
}

export const usualLimits: SupervisorLimits = {
  firstRestartDelayMs: 250,
  longestRestartDelayMs: 30_000,
  maxCrashes: 5,
  crashWindowMs: 600_000,
  silenceMs: 30_000,
  restAfterMs: 45_000,
};

const checksInSilence = 10;
/** It has nothing to do, and only has to hear of it. */
const endTimeoutMs = 5_000;

/** Keeps one worker running: starts it, notices its death or silence, starts it again, gives up in the end. */
export class WorkerSupervisor {
  readonly #options: SupervisorOptions;
  #host: WorkerHost | undefined;
  #status: EmbedderStatus = { state: 'starting' };
  #crashTimes: number[] = [];
  #restart: NodeJS.Timeout | undefined;
  #silenceChecks = 0;
  #restChecks = 0;
  /** It is known to work, and not there. */
  #isResting = false;
  readonly #watch: NodeJS.Timeout;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    const { silenceMs, restAfterMs } = options.limits;
    const checkMs = Math.min(silenceMs / checksInSilence, restAfterMs);
    // Counted in checks and not on a clock: while the machine sleeps, no check comes and no silence counts.
    this.#watch = setInterval(() => this.#check(silenceMs / checkMs, restAfterMs / checkMs), checkMs).unref();
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
    this.#isResting = false;
    this.#become({ state: 'starting' });
    this.#launch();
  }

  /** Whether there is one that can be asked at this moment. */
  get isAwake(): boolean {
    return this.#status.state === 'ready' && !this.#isResting;
  }

  /** There is work. Once it is there again it says that it is ready. */
  wake(): void {
    if (this.#isResting && !this.#host && !this.#restart) this.#launch();
  }

  post(message: ToWorker): void {
    this.#host?.post(message);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    clearInterval(this.#watch);
    this.#restart = undefined;
    this.#isResting = false;
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
    this.#restChecks = 0;
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
        if (!this.#isResting) this.#options.log.info('Embedding model ready', { ...model, loadMs });
        this.#isResting = false;
        this.#become({ state: 'ready', model, loadMs, ...(host.pid === undefined ? {} : { pid: host.pid }) });
        return;
      }
      case 'refused':
        // Not a crash: the files will be the same at the next try.
        this.#host = undefined;
        this.#isResting = false;
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
    this.#isResting = false;
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

  #check(mostSilent: number, mostIdle: number): void {
    const isWaiting = this.#options.isWaiting();
    const isLoading = this.#host !== undefined && !this.isAwake;
    this.#silenceChecks = isLoading || (this.#host && isWaiting) ? this.#silenceChecks + 1 : 0;
    if (this.#silenceChecks > mostSilent) {
      this.#options.log.warn('The embedding worker hangs and is ended');
      this.#host?.kill();
    }
    this.#restChecks = this.#host && this.isAwake && !isWaiting ? this.#restChecks + 1 : 0;
    if (this.#restChecks > mostIdle) this.#rest();
  }

  #rest(): void {
    const host = this.#host;
    const { pid: _gone, ...status } = this.#status;
    // First: that it ends is no crash.
    this.#host = undefined;
    this.#isResting = true;
    this.#status = status;
    if (!host) return;
    host.post({ kind: 'end' });
    const tooLong = setTimeout(() => host.kill(), endTimeoutMs).unref();
    host.onExit(() => clearTimeout(tooLong));
  }

  #become(status: EmbedderStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }
}
