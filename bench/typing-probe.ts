import type { Loci } from '../e2e/fixtures.ts';

/** What main did for one key; milliseconds, the moments since 1970. */
export interface Answered {
  readonly text: string;
  readonly by: string;
  readonly begun: number;
  readonly ended: number;
  readonly isCancelled: boolean;
  readonly ms: Readonly<Record<string, number>>;
}

/** What the page noted: `key`, `typed`, `words` or `found`, a space, and the text in the field. */
export interface Mark {
  readonly name: string;
  /** Since 1970. */
  readonly at: number;
}

/** Has main and the page note when they do what; a mark of the page stands in the trace as well. */
export async function placeProbes({ app, page }: Loci): Promise<void> {
  await app.evaluate(({ ipcMain }) => {
    type Handler = (event: unknown, input: { text: string; by?: string }) => Promise<Answer>;
    interface Answer {
      readonly ok: boolean;
      readonly value?: { readonly ms: Record<string, number> };
    }
    // Electron keeps the handlers there; the channel is served as before, with a look at the clock.
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, Handler>;
    };
    const asked = handlers.get('search.query');
    if (!asked) throw new Error('Nobody answers searches');
    const answered: unknown[] = [];
    (globalThis as { answeredSearches?: unknown[] }).answeredSearches = answered;
    const now = () => performance.timeOrigin + performance.now();
    handlers.set('search.query', async (event, input) => {
      const begun = now();
      const answer = await asked(event, input);
      answered.push({
        text: input.text,
        by: input.by ?? 'all',
        begun,
        ended: now(),
        isCancelled: !answer.ok,
        ms: answer.value?.ms ?? {},
      });
      return answer;
    });
  });
  await page.evaluate(() => {
    const options = { capture: true };
    let pressedAt = 0;
    window.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        pressedAt = timeStamp;
      },
      options,
    );
    window.addEventListener(
      'input',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement)) return;
        performance.mark(`key ${target.value}`, { startTime: pressedAt });
        performance.mark(`typed ${target.value}`);
      },
      options,
    );
    let before: string | undefined;
    new MutationObserver(() => {
      const list = document.querySelector<HTMLElement>('.searched-list');
      const shown =
        list && `${list.dataset['provisional'] === undefined ? 'found' : 'words'} ${list.dataset['typed']}`;
      if (shown === null || shown === before) return;
      before = shown;
      performance.mark(shown);
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-typed', 'data-provisional'],
    });
  });
}

/** What was noted since it was last asked for. */
export async function readProbes({ app, page }: Loci): Promise<{ answered: Answered[]; marks: Mark[] }> {
  const answered = await app.evaluate(() =>
    (globalThis as { answeredSearches?: unknown[] }).answeredSearches?.splice(0),
  );
  const marks = await page.evaluate(() => {
    const noted = performance
      .getEntriesByType('mark')
      .map(({ name, startTime }) => ({ name, at: performance.timeOrigin + startTime }));
    performance.clearMarks();
    return noted;
  });
  return { answered: answered as Answered[], marks };
}
