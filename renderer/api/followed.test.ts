import { expect, test } from 'vitest';
import { follow } from './followed.ts';

function source() {
  const answers: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  let tell: ((value: string) => void) | undefined;
  return {
    read: () => new Promise<string>((resolve, reject) => answers.push({ resolve, reject })),
    listen(told: (value: string) => void) {
      tell = told;
      return () => {
        tell = undefined;
      };
    },
    answer: (at: number, value: string) => answers[at]?.resolve(value),
    refuse: (at: number) => answers[at]?.reject(new Error('not now')),
    announce: (value: string) => tell?.(value),
    asked: () => answers.length,
    heard: () => tell !== undefined,
  };
}

/** An answer passes through two promises before it is seen. */
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

test('a screen sees the first value, then the answer, then every change', async () => {
  const main = source();
  const status = follow({ first: 'opening', ...main });
  const seen: string[] = [];
  status.subscribe(() => seen.push(status.current()));
  expect(status.current()).toBe('opening');
  main.answer(0, 'starting');
  await settled();
  main.announce('ready');
  expect(seen).toEqual(['starting', 'ready']);
});

test('an answer that was under way when main announced something newer changes nothing', async () => {
  const main = source();
  const status = follow({ first: 'opening', ...main });
  status.subscribe(() => undefined);
  main.announce('ready');
  main.answer(0, 'opening');
  await settled();
  expect(status.current()).toBe('ready');
});

test('when main cannot say, what held before holds, or what was given for that', async () => {
  const main = source();
  const settings = follow({ first: 'system', ...main });
  const status = follow({ first: 'opening', ...main, unreadable: () => 'failed' });
  settings.subscribe(() => undefined);
  status.subscribe(() => undefined);
  main.refuse(0);
  main.refuse(1);
  await settled();
  expect([settings.current(), status.current()]).toEqual(['system', 'failed']);
});

test('main is asked again after nobody looked for a while, and not listened to meanwhile', async () => {
  const main = source();
  const status = follow({ first: 'opening', ...main });
  const leave = [status.subscribe(() => undefined), status.subscribe(() => undefined)];
  expect([main.asked(), main.heard()]).toEqual([1, true]);
  for (const go of leave) go();
  expect(main.heard()).toBe(false);
  status.subscribe(() => undefined);
  main.answer(1, 'ready');
  main.answer(0, 'opening');
  await settled();
  expect([main.asked(), status.current()]).toEqual([2, 'ready']);
});

test('when main only says that there is something new it is asked, and an older answer no longer counts', async () => {
  const main = source();
  let askAgain: (() => void) | undefined;
  const people = follow({
    first: 'nobody',
    read: main.read,
    listen: (_tell, ask) => {
      askAgain = ask;
      return () => undefined;
    },
  });
  people.subscribe(() => undefined);
  askAgain?.();
  main.answer(1, 'Me and Work');
  main.answer(0, 'Me');
  await settled();
  expect(people.current()).toBe('Me and Work');
  const refreshed = people.refresh();
  main.answer(2, 'Work');
  await refreshed;
  expect(people.current()).toBe('Work');
});

test('whoever asks once more is told when main cannot say, and what held before still holds', async () => {
  const main = source();
  const people = follow({ first: 'Me', ...main });
  const refreshed = people.refresh();
  main.refuse(0);
  await expect(refreshed).rejects.toThrow('not now');
  expect(people.current()).toBe('Me');
});
