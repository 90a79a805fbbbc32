import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { job as jobSchema, type Job } from '../../shared/schemas/job.ts';
import { withRequestContext } from '../database/request-context.ts';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { unavailable } from '../errors/loci-error.ts';
import { silentLog } from '../logging/log.ts';
import { User } from '../users/user.entity.ts';
import { jobHandlers } from './job-handlers.ts';
import { defineRunner, type JobContext, type JobRunner } from './job-runner.ts';
import type { JobService, JobServiceOptions } from './job-service.ts';
import type { WrittenLine } from './test-app.ts';
import { runnerLock } from './runner-lock.ts';
import { lineWriter, serviceOn } from './testing.ts';

const { orm, em, newEm, url } = await openTestDatabase();
await em.execute('create table line (job_id uuid not null, number int not null)');

let userId: string;
let told: Job[];
beforeEach(async () => {
  told = [];
  const own = newEm();
  const user = own.create(User, { name: 'Ada', email: null });
  await own.flush();
  userId = user.id;
});

type Options = Partial<Omit<JobServiceOptions, 'em' | 'inContext'>>;

function openJobs(runners: readonly JobRunner[], options: Options = {}): JobService {
  const jobs = serviceOn(orm, {
    currentUserId: () => userId,
    runners,
    log: silentLog,
    onChange: (job) => {
      told.push(jobSchema.parse(job));
      for (const look of watching) look();
    },
    ...options,
  });
  onTestFinished(() => jobs.close());
  return jobs;
}

/** As the router would: each call in a context of its own. */
const call = <T>(work: () => Promise<T>) => withRequestContext(orm, work);

const watching = new Set<() => void>();
/** Resolves when the page has been told so. */
function untilTold(isWanted: (job: Job) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!told.some(isWanted)) return;
      watching.delete(look);
      resolve();
    };
    watching.add(look);
    look();
  });
}
const untilStatus = (status: Job['status'], id?: string) =>
  untilTold((job) => job.status === status && (id === undefined || job.id === id));
const statusesOf = (id: string) => [...new Set(told.filter((job) => job.id === id).map((job) => job.status))];
const rowOf = async (id: string) => {
  const [row] = await em.execute<Record<string, unknown>[]>('select * from job where id = ?', [id]);
  return row;
};
const linesOf = async (id: string) => {
  const rows = await em.execute<{ number: number }[]>(
    'select number from line where job_id = ? order by number',
    [id],
  );
  return rows.map(({ number }) => number);
};
/** The connections by which apps say that they are there. */
const runnersAtWork = async () => {
  const rows = await em.execute<{ pid: number }[]>(
    `select pid from pg_locks where locktype = 'advisory' and classid = ? and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [runnerLock],
  );
  return rows.map(({ pid }) => pid);
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Work that goes on, step by step, as the test lets it. */
function steppedRunner(kind = 'test.step') {
  const contexts: JobContext[] = [];
  const open = new Set<() => void>();
  const runner = defineRunner({
    kind,
    parameters: z.object({ steps: z.int().default(1) }),
    checkpoint: z.int(),
    async run(context) {
      contexts.push(context as JobContext);
      for (let done = context.checkpoint ?? 0; done < context.parameters.steps; done++) {
        await context.pausePoint();
        await new Promise<void>((resolve) => {
          open.add(resolve);
          context.signal.addEventListener('abort', () => resolve(), { once: true });
        });
        context.signal.throwIfAborted();
        await context.saveCheckpoint(done + 1);
        context.report({ progress: done + 1, total: context.parameters.steps });
      }
      return { steps: context.parameters.steps };
    },
  });
  async function step(): Promise<void> {
    await expect.poll(() => open.size, { interval: 1 }).toBeGreaterThan(0);
    const [first] = open;
    if (first) open.delete(first);
    first?.();
  }
  return { runner, contexts, step, open };
}

const failing = (error: () => Error) =>
  defineRunner({
    kind: 'test.fail',
    parameters: z.object({}),
    run: async () => {
      throw error();
    },
  });

test('a job is noted at once, runs, tells how far it is, and keeps what came of it', async () => {
  const jobs = openJobs([lineWriter(orm.em)]);
  const { jobId } = await call(() => jobs.start('test.write', { lines: 20 }));
  await jobs.whenStopped(jobId);
  expect(await call(() => jobs.get(jobId))).toEqual({
    id: jobId,
    kind: 'test.write',
    status: 'succeeded',
    progress: 20,
    total: 20,
    result: { lines: 20 },
    error: null,
    createdAt: expect.any(String),
    startedAt: expect.any(String),
    finishedAt: expect.any(String),
  });
  expect(statusesOf(jobId)).toEqual(['queued', 'running', 'succeeded']);
  expect(told.at(-1)).toEqual(await call(() => jobs.get(jobId)));
  expect(await linesOf(jobId)).toEqual(upTo(20));
});

test('however often progress is reported, it is told and written at a bearable pace', async () => {
  let reported = 0;
  const jobs = openJobs([
    defineRunner({
      kind: 'test.chatter',
      parameters: z.object({}),
      async run({ report, pausePoint }) {
        for (; reported < 100_000; reported++) {
          report({ progress: reported, total: 100_000 });
          if (reported % 100 === 0) await pausePoint();
        }
        report({ progress: reported });
      },
    }),
  ]);
  const { jobId } = await call(() => jobs.start('test.chatter'));
  await jobs.whenStopped(jobId);
  expect(told.length).toBeLessThan(100);
  expect(told.at(-1)).toMatchObject({ status: 'succeeded', progress: 100_000, total: 100_000 });
});

test('one job of a kind works at a time, in the order they came; other kinds do not wait', async () => {
  const one = steppedRunner('test.one');
  const other = steppedRunner('test.other');
  const jobs = openJobs([one.runner, other.runner]);
  const ids: string[] = [];
  for (const kind of ['test.one', 'test.one', 'test.one', 'test.other'])
    ids.push((await call(() => jobs.start(kind))).jobId);
  await untilStatus('running', ids[3]);
  await untilStatus('running', ids[0]);
  const statuses = async () => (await call(() => jobs.list({ limit: 10 }))).jobs.map(({ status }) => status);
  expect(await statuses()).toEqual(['running', 'queued', 'queued', 'running']);
  for (const _ of [1, 2, 3]) await one.step();
  await other.step();
  await Promise.all(ids.map((id) => jobs.whenStopped(id)));
  expect(one.contexts.map(({ jobId }) => jobId)).toEqual(ids.slice(0, 3));
  expect(await statuses()).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
});

test('a paused job stands still, lets another of its kind work, and goes on where it stood', async () => {
  const { runner, step, contexts } = steppedRunner();
  const jobs = openJobs([runner]);
  const { jobId: first } = await call(() => jobs.start('test.step', { steps: 2 }));
  await untilStatus('running', first);
  expect(await call(() => jobs.pause(first))).toMatchObject({ status: 'paused' });
  const { jobId: second } = await call(() => jobs.start('test.step'));
  await step();
  await untilStatus('running', second);
  expect(await call(() => jobs.get(first))).toMatchObject({ status: 'paused', progress: 1 });
  expect(await call(() => jobs.resume(first))).toMatchObject({ status: 'queued' });
  await step();
  await jobs.whenStopped(second);
  await step();
  await jobs.whenStopped(first);
  expect(contexts).toHaveLength(2);
  expect(statusesOf(first)).toEqual(['queued', 'running', 'paused', 'succeeded']);
});

test('a job that is paused is told as paused, also while it has not yet come to where it can stand still', async () => {
  const { runner, contexts } = steppedRunner();
  const jobs = openJobs([runner]);
  const { jobId } = await call(() => jobs.start('test.step', { steps: 2 }));
  await untilStatus('running', jobId);
  await call(() => jobs.pause(jobId));
  contexts[0]?.report({ progress: 1, total: 2 });
  await untilTold((job) => job.progress === 1);
  expect(told.at(-1)).toMatchObject({ status: 'paused', progress: 1 });
  await call(() => jobs.cancel(jobId));
  await untilStatus('cancelled', jobId);
});

test('pausing and resuming before anything came of it, or twice, does no harm', async () => {
  const { runner, step, contexts } = steppedRunner();
  const jobs = openJobs([runner]);
  const { jobId: first } = await call(() => jobs.start('test.step'));
  const { jobId: queued } = await call(() => jobs.start('test.step'));
  await untilStatus('running', first);
  for (const id of [queued, first]) {
    for (const _ of [1, 2]) expect(await call(() => jobs.pause(id))).toMatchObject({ status: 'paused' });
    for (const _ of [1, 2])
      expect(await call(() => jobs.resume(id))).toMatchObject({
        status: id === first ? 'running' : 'queued',
      });
  }
  await step();
  await step();
  await Promise.all([first, queued].map((id) => jobs.whenStopped(id)));
  expect(contexts).toHaveLength(2);
  expect(await call(() => jobs.get(queued))).toMatchObject({ status: 'succeeded' });
  const late = call(() => jobs.pause(first));
  await expect(late).rejects.toMatchObject({ code: 'conflict', details: { status: 'succeeded' } });
});

test('a job paused before its turn begins only when it is resumed', async () => {
  const { runner, step } = steppedRunner();
  const jobs = openJobs([runner]);
  const { jobId: first } = await call(() => jobs.start('test.step'));
  const { jobId: second } = await call(() => jobs.start('test.step'));
  const { jobId: third } = await call(() => jobs.start('test.step'));
  await call(() => jobs.pause(second));
  await step();
  await untilStatus('running', third);
  await step();
  await jobs.whenStopped(third);
  expect(await rowOf(second)).toMatchObject({ status: 'paused', started_at: null });
  await call(() => jobs.resume(second));
  await step();
  await jobs.whenStopped(second);
  expect(await rowOf(second)).toMatchObject({ status: 'succeeded' });
  await jobs.whenStopped(first);
});

test('a cancelled job stops, wherever it is', async () => {
  const { runner, contexts } = steppedRunner();
  const jobs = openJobs([runner]);
  const ids: string[] = [];
  for (const _ of [1, 2, 3]) ids.push((await call(() => jobs.start('test.step'))).jobId);
  await untilStatus('running', ids[0]);
  await call(() => jobs.pause(ids[1] ?? ''));
  for (const id of ids.toReversed()) await call(() => jobs.cancel(id));
  await Promise.all(ids.map((id) => jobs.whenStopped(id)));
  for (const id of ids)
    expect(await rowOf(id)).toMatchObject({
      status: 'cancelled',
      finished_at: expect.anything(),
      error: null,
    });
  expect(contexts).toHaveLength(1);
  expect(contexts[0]?.signal.aborted).toBe(true);
  await expect(call(() => jobs.cancel(ids[0] ?? ''))).rejects.toMatchObject({ code: 'conflict' });
});

test('a failed job says why to a person and the rest to the log, and may be tried again', async () => {
  const errors: unknown[] = [];
  let error: Error = new TypeError('x is undefined at /home/ada/secret.ts');
  const log = { ...silentLog, error: (_message: string, reason: unknown) => errors.push(reason) };
  const jobs = openJobs([failing(() => error)], { log });
  const { jobId } = await call(() => jobs.start('test.fail'));
  await jobs.whenStopped(jobId);
  expect(await call(() => jobs.get(jobId))).toMatchObject({
    status: 'failed',
    error: {
      en: 'Something went wrong inside Loci. The log has the details.',
      de: expect.stringMatching(/Protokoll/),
    },
  });
  expect(errors).toEqual([error]);

  error = unavailable('The file is not there any more.');
  expect(await call(() => jobs.retry(jobId))).toMatchObject({
    status: 'queued',
    error: null,
    finishedAt: null,
  });
  await jobs.whenStopped(jobId);
  expect(await call(() => jobs.get(jobId))).toMatchObject({
    status: 'failed',
    error: { en: 'The file is not there any more.' },
  });
  await expect(call(() => jobs.resume(jobId))).rejects.toMatchObject({ code: 'conflict' });
});

test('what the database says is put into a sentence', async () => {
  const jobs = openJobs([
    defineRunner({
      kind: 'test.fail',
      parameters: z.object({}),
      run: async ({ userId: owner }) => {
        await orm.em.execute(`insert into tag (id, user_id, name) values (gen_random_uuid(), ?, '')`, [
          owner,
        ]);
      },
    }),
  ]);
  const { jobId } = await call(() => jobs.start('test.fail'));
  await jobs.whenStopped(jobId);
  expect(await rowOf(jobId)).toMatchObject({ error: expect.stringContaining('tag’s name') });
});

test('a job that failed half done is tried again from its last checkpoint', async () => {
  let isBroken = true;
  const jobs = openJobs([
    lineWriter(orm.em, (line) => {
      if (line === 4 && isBroken) throw new Error('broken');
    }),
  ]);
  const { jobId } = await call(() => jobs.start('test.write', { lines: 9 }));
  await jobs.whenStopped(jobId);
  expect(await rowOf(jobId)).toMatchObject({ status: 'failed', checkpoint: { written: 5 } });
  isBroken = false;
  await call(() => jobs.retry(jobId));
  await jobs.whenStopped(jobId);
  expect(await rowOf(jobId)).toMatchObject({ status: 'succeeded' });
  expect(await linesOf(jobId)).toEqual(upTo(9));
});

test('closing the library stops the work; after the next start it goes on where it was', async () => {
  let goOn = () => {};
  const allAreNoted = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const first = openJobs([lineWriter(orm.em, (line) => line === 10 && allAreNoted)]);
  const { jobId: running } = await call(() => first.start('test.write', { lines: 50 }));
  const { jobId: queued } = await call(() => first.start('test.write', { lines: 1 }));
  const { jobId: paused } = await call(() => first.start('test.write', { lines: 2 }));
  await call(() => first.pause(paused));
  const closed = first.close();
  goOn();
  await closed;
  const statuses = async () =>
    Promise.all([running, queued, paused].map(async (id) => (await rowOf(id))?.['status']));
  expect(await statuses()).toEqual(['interrupted', 'interrupted', 'paused']);
  await expect(call(() => first.start('test.write', { lines: 1 }))).rejects.toMatchObject({
    code: 'unavailable',
  });

  const second = openJobs([lineWriter(orm.em)]);
  await call(() => second.interruptLeftBehind());
  expect(await statuses()).toEqual(['interrupted', 'interrupted', 'paused']);
  for (const id of [running, queued, paused]) await call(() => second.resume(id));
  await Promise.all([running, queued, paused].map((id) => second.whenStopped(id)));
  expect(await statuses()).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(await linesOf(running)).toEqual(upTo(50));
});

test('closing does not wait for ever for work that does not stop', async () => {
  const jobs = openJobs(
    [defineRunner({ kind: 'test.deaf', parameters: z.object({}), run: () => new Promise(() => undefined) })],
    { closeGraceMs: 1 },
  );
  const { jobId } = await call(() => jobs.start('test.deaf'));
  await untilStatus('running');
  await jobs.close();
  await call(() => openJobs([]).interruptLeftBehind());
  expect(await rowOf(jobId)).toMatchObject({ status: 'interrupted' });
});

test('a job whose app was killed goes on after the next start, and does nothing twice', async () => {
  const script = path.join(import.meta.dirname, 'test-app.ts');
  const app = spawn(process.execPath, ['--no-warnings', script, url, userId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(app, 'exit');
  let lastSaid = -1;
  for await (const line of readline.createInterface(app.stdout)) {
    const written: WrittenLine = JSON.parse(line);
    lastSaid = written.line;
    if (lastSaid === 25) app.kill('SIGKILL');
  }
  await gone;
  await expect.poll(runnersAtWork, { interval: 5 }).toEqual([]);

  const jobs = openJobs([lineWriter(orm.em)]);
  const { jobs: left } = await call(() => jobs.list({ limit: 10 }));
  expect(left.map(({ status }) => status)).toEqual(['queued', 'running']);
  await call(() => jobs.interruptLeftBehind());
  const [second, first] = (await call(() => jobs.list({ limit: 10 }))).jobs;
  expect([second?.status, first?.status]).toEqual(['interrupted', 'interrupted']);
  const id = first?.id ?? '';
  // The last transaction may have been saved without being said.
  const written = (await linesOf(id)).length;
  expect(await linesOf(id)).toEqual(upTo(written));
  expect(written).toBeGreaterThan(lastSaid);
  expect(await rowOf(id)).toMatchObject({ checkpoint: { written } });

  await em.execute(`update job set parameters = '{"lines": ${written + 30}}' where id = ?`, [id]);
  await call(() => jobs.resume(id));
  await jobs.whenStopped(id);
  expect(await rowOf(id)).toMatchObject({ status: 'succeeded' });
  expect(await linesOf(id)).toEqual(upTo(written + 30));
});

test('a job goes on when its connection to the database breaks in the middle of a piece of work', async () => {
  const broken = new Set<number>();
  const breakOnce = async (at: number) => {
    if (at % 5 !== 0 || broken.has(at)) return;
    broken.add(at);
    await orm.em.execute('select pg_terminate_backend(pg_backend_pid())');
  };
  const runner = defineRunner({
    kind: 'test.broken',
    parameters: z.object({}),
    checkpoint: z.int(),
    async run({ jobId: id, saveCheckpoint }) {
      for (let line = 0; line < 20; line++) {
        await inTransaction(orm.em, async () => {
          await orm.em.execute('insert into line (job_id, number) values (?, ?)', [id, line]);
          await breakOnce(line);
          await saveCheckpoint(line + 1);
        });
      }
    },
  });
  const jobs = openJobs([runner]);
  const { jobId } = await call(() => jobs.start('test.broken'));
  await jobs.whenStopped(jobId);
  expect(await rowOf(jobId)).toMatchObject({ status: 'succeeded', checkpoint: 20 });
  expect([await linesOf(jobId), broken.size]).toEqual([upTo(20), 4]);
});

test('work whose job is gone from the library stops, and what it was about to save is not saved', async () => {
  const jobs = openJobs([
    lineWriter(orm.em, (line) => {
      if (line === 3) deleted = em.execute('delete from job where user_id = ?', [userId]);
    }),
  ]);
  let deleted: Promise<unknown> = Promise.resolve();
  const { jobId } = await call(() => jobs.start('test.write', { lines: 1_000_000 }));
  await jobs.whenStopped(jobId);
  await deleted;
  expect(await rowOf(jobId)).toBeUndefined();
  const lines = await linesOf(jobId);
  expect(lines).toEqual(upTo(lines.length));
});

test('an app that looks for what others have left behind goes on with its own', async () => {
  const { runner, step } = steppedRunner();
  const jobs = openJobs([runner]);
  const { jobId } = await call(() => jobs.start('test.step'));
  await untilStatus('running', jobId);
  expect(await call(() => jobs.interruptLeftBehind())).toBe(0);
  expect(await call(() => jobs.get(jobId))).toMatchObject({ status: 'running' });
  await step();
  await untilStatus('succeeded', jobId);
});

test('an app that is opened leaves alone what another app has under way, even when its connection broke', async () => {
  const { runner, step } = steppedRunner();
  const [first, second] = [openJobs([runner]), openJobs([runner])];
  const { jobId } = await call(() => first.start('test.step'));
  await untilStatus('running');
  await call(() => second.interruptLeftBehind());
  expect(await rowOf(jobId)).toMatchObject({ status: 'running' });

  const [broken = 0] = await runnersAtWork();
  await em.execute('select pg_terminate_backend(?)', [broken]);
  await expect
    .poll(async () => (await runnersAtWork()).filter((pid) => pid !== broken).length, { interval: 5 })
    .toBe(1);
  await call(() => second.interruptLeftBehind());
  expect(await rowOf(jobId)).toMatchObject({ status: 'running' });
  await step();
  await first.whenStopped(jobId);
  expect(await rowOf(jobId)).toMatchObject({ status: 'succeeded' });

  await first.close();
  expect(await runnersAtWork()).toEqual([]);
});

test('a job that another app has taken over is not done twice, and its page hears what became of it', async () => {
  let goOn = () => {};
  const takenOver = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const first = openJobs([lineWriter(orm.em, (line) => line === 10 && takenOver)]);
  const second = openJobs([lineWriter(orm.em)], { onChange: () => undefined });
  const { jobId } = await call(() => first.start('test.write', { lines: 20 }));
  await expect.poll(() => linesOf(jobId)).toEqual(upTo(11));
  // As for an app that was out of reach when the other one was opened.
  await em.execute(`update job set status = 'interrupted' where id = ?`, [jobId]);
  await call(() => second.resume(jobId));
  await second.whenStopped(jobId);
  goOn();
  await first.whenStopped(jobId);
  expect(told.at(-1)).toMatchObject({ id: jobId, status: 'succeeded', progress: 20 });
  expect(await rowOf(jobId)).toMatchObject({ status: 'succeeded', result: { lines: 20 } });
  expect(await linesOf(jobId)).toEqual(upTo(20));
});

test('a job paused in one app and resumed in another is the other one’s', async () => {
  const [here, there] = [steppedRunner(), steppedRunner()];
  const first = openJobs([here.runner]);
  const second = openJobs([there.runner]);
  const { jobId } = await call(() => first.start('test.step', { steps: 2 }));
  await untilStatus('running');
  await call(() => first.pause(jobId));
  await here.step();
  await expect.poll(() => rowOf(jobId)).toMatchObject({ checkpoint: 1 });
  await call(() => second.resume(jobId));
  await expect.poll(() => there.open.size).toBe(1);
  const late = call(() => first.resume(jobId));
  await expect(late).rejects.toMatchObject({ code: 'conflict', details: { status: 'running' } });
  await first.close();
  expect(await rowOf(jobId)).toMatchObject({ status: 'running' });
  await there.step();
  await second.whenStopped(jobId);
  expect(await rowOf(jobId)).toMatchObject({ status: 'succeeded' });
  expect([here.contexts.length, there.contexts.length]).toEqual([1, 1]);
});

test('nobody waits for the work of another person', async () => {
  const { runner, step } = steppedRunner();
  const jobs = openJobs([runner]);
  const { jobId: first } = await call(() => jobs.start('test.step'));
  await untilStatus('running', first);
  const own = newEm();
  const grace = own.create(User, { name: 'Grace', email: null });
  await own.flush();
  userId = grace.id;
  const { jobId: second } = await call(() => jobs.start('test.step'));
  await untilStatus('running', second);
  await step();
  await step();
  await Promise.all([first, second].map((id) => jobs.whenStopped(id)));
});

test('a job belongs to its person, whoever is at work', async () => {
  const { runner, step, contexts } = steppedRunner();
  const ada = userId;
  const jobs = openJobs([runner]);
  const { jobId } = await call(() => jobs.start('test.step'));
  await untilStatus('running');
  const own = newEm();
  const grace = own.create(User, { name: 'Grace', email: null });
  await own.flush();
  userId = grace.id;
  told.length = 0;
  expect(await call(() => jobs.list({ limit: 10 }))).toEqual({ jobs: [], next: null });
  for (const act of [jobs.get, jobs.pause, jobs.resume, jobs.cancel, jobs.retry])
    await expect(call(() => act.call(jobs, jobId))).rejects.toMatchObject({ code: 'not_found' });
  await step();
  await jobs.whenStopped(jobId);
  expect(await call(() => jobs.forget())).toBe(0);
  expect(told).toEqual([]);
  userId = ada;
  expect(await call(() => jobs.get(jobId))).toMatchObject({ status: 'succeeded' });
  expect(contexts[0]?.userId).toBe(ada);
});

test('the list goes on where it ended, newest first, and can be narrowed', async () => {
  const jobs = openJobs([lineWriter(orm.em), failing(() => new Error('x'))]);
  const ids: string[] = [];
  for (const kind of ['test.write', 'test.fail', 'test.write', 'test.fail', 'test.write']) {
    const { jobId } = await call(() => jobs.start(kind, { lines: 1 }));
    await jobs.whenStopped(jobId);
    ids.unshift(jobId);
  }
  const { list } = jobHandlers(jobs);
  const seen: string[] = [];
  let page = await call(() => list({ limit: 2 }));
  for (;;) {
    seen.push(...page.jobs.map(({ id }) => id));
    const after = page.next;
    if (!after) break;
    page = await call(() => list({ limit: 2, after }));
  }
  expect(seen).toEqual(ids);
  const narrowed = await call(() => list({ limit: 9, kind: 'test.fail', statuses: ['failed'] }));
  expect(narrowed.jobs.map(({ id }) => id)).toEqual([ids[1], ids[3]]);
});

test('finished jobs can be forgotten, unfinished ones stay', async () => {
  const { runner } = steppedRunner();
  const jobs = openJobs([runner, lineWriter(orm.em)]);
  const done: string[] = [];
  for (const _ of [1, 2, 3]) done.push((await call(() => jobs.start('test.write', { lines: 1 }))).jobId);
  await Promise.all(done.map((id) => jobs.whenStopped(id)));
  const { jobId } = await call(() => jobs.start('test.step'));
  await untilStatus('running', jobId);
  const { forget } = jobHandlers(jobs);
  expect(await call(() => forget({ ids: [done[0] ?? '', jobId] }))).toEqual({ forgotten: 1 });
  expect(await call(() => forget({}))).toEqual({ forgotten: 2 });
  expect((await call(() => jobs.list({ limit: 9 }))).jobs.map(({ id }) => id)).toEqual([jobId]);
});

test('what nobody can do, or not like that, is not begun', async () => {
  const jobs = openJobs([lineWriter(orm.em)]);
  await expect(call(() => jobs.start('test.unknown'))).rejects.toMatchObject({ code: 'unavailable' });
  await expect(call(() => jobs.start('test.write', { lines: 'many' }))).rejects.toThrow();
  const within = () => inTransaction(orm.em, () => jobs.start('test.write', { lines: 1 }));
  await expect(call(within)).rejects.toThrow('after the transaction');
  expect(await call(() => jobs.list({ limit: 9 }))).toEqual({ jobs: [], next: null });
});
