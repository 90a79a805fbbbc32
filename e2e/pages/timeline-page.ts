import { expect } from '../fixtures.ts';
import type { Loci } from '../fixtures.ts';
import type { Locator, Page } from '@playwright/test';
import { ask } from './ask.ts';
import { behindTheApp } from './behind-the-app.ts';
import { SearchPage } from './search-page.ts';

/** The times above a list, and the list they narrow. */
export class TimelinePage extends SearchPage {
  readonly #page: Page;

  constructor(page: Page) {
    super(page);
    this.#page = page;
  }

  get timeline(): Locator {
    return this.#page.getByRole('listbox', { name: 'Timeline' });
  }

  /** By how its time is said: "March 2023". */
  bar(time: string): Locator {
    return this.timeline.getByRole('option', { name: new RegExp(`^${time} · `) });
  }

  get chosenBars(): Locator {
    return this.timeline.getByRole('option', { selected: true });
  }

  /** "Mar – May 2023 · 3 memories" */
  get period(): Locator {
    return this.#page
      .getByRole('region', { name: 'Memories' })
      .getByRole('status')
      .filter({ hasText: ' · ' });
  }

  /** What a screen reader says of where the keyboard is. */
  async spoken(): Promise<string | null | undefined> {
    return this.timeline.evaluate((element) =>
      document
        .getElementById(element.getAttribute('aria-activedescendant') ?? '')
        ?.getAttribute('aria-label'),
    );
  }

  /** From the middle of one bar to the middle of another, in steps as a hand makes them. */
  async drag(from: string, to: string): Promise<void> {
    await this.#dragBetween(await this.#middleOf(from), await this.#middleOf(to));
  }

  /** Takes hold of the edge of what is chosen. */
  async dragEdge(edge: 'begin' | 'end', to: string): Promise<void> {
    const bars = await this.chosenBars.all();
    const box = await (edge === 'begin' ? bars.at(0) : bars.at(-1))?.boundingBox();
    if (!box) throw new Error('No bar is chosen');
    const y = (await this.#middleOf(to)).y;
    await this.#dragBetween({ x: edge === 'begin' ? box.x : box.x + box.width, y }, await this.#middleOf(to));
  }

  async #dragBetween(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.#page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, from.y, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 3 });
    await mouse.up();
  }

  async pointAt(time: string, { times = 1 } = {}): Promise<void> {
    const { x, y } = await this.#middleOf(time);
    await this.#page.mouse.click(x, y, { clickCount: times });
  }

  async hover(time: string): Promise<void> {
    const { x, y } = await this.#middleOf(time);
    await this.#page.mouse.move(x, y);
  }

  async #middleOf(time: string): Promise<{ x: number; y: number }> {
    const [bar, band] = [await this.bar(time).boundingBox(), await this.timeline.boundingBox()];
    if (!bar || !band) throw new Error(`There is no bar for ${time}`);
    return { x: bar.x + bar.width / 2, y: band.y + band.height / 2 };
  }
}

/** One on the tenth of each month from 2022 to 2024, in turn "Basil of 2022-01." and "Valve of 2022-02." */
export async function addThreeYears(loci: Loci): Promise<void> {
  await behindTheApp(loci.dataDir, [
    `insert into memory (id, user_id, content, content_hash, source, occurred_at)
     select uuid_v7(), u.id, text, sha256(text::bytea), 'note', month + interval '9 days 12 hours'
     from generate_series(timestamptz '2022-01-01', '2024-12-01', interval '1 month') month,
       lateral (select case when extract(month from month)::int % 2 = 1 then 'Basil' else 'Valve' end
         || to_char(month, '" of "YYYY-MM"."') as text) as said,
       (select id from app_user limit 1) u`,
  ]);
  // The app hears of what is done through it alone.
  await ask(loci, 'memories.create', {
    content: 'Basil by the window.',
    occurredAt: '2023-10-11T12:00:00Z',
    tags: ['garden'],
  });
  await expect(new TimelinePage(loci.page).timeline.getByRole('option')).toHaveCount(36);
}
