import type { Locator, Page } from '@playwright/test';
import { BrowsePage } from './browse-page.ts';

/** The search above the list, and what it has found. */
export class SearchPage extends BrowsePage {
  readonly #page: Page;

  constructor(page: Page) {
    super(page);
    this.#page = page;
  }

  get field(): Locator {
    return this.#page.getByRole('combobox', { name: 'Search', exact: true });
  }

  get suggestions(): Locator {
    return this.#page.getByRole('listbox', { name: 'Suggestions' });
  }

  get chips(): Locator {
    return this.#page.getByRole('list', { name: 'Filters' }).getByRole('listitem');
  }

  get results(): Locator {
    return this.#page.getByRole('listbox', { name: 'Search results' });
  }

  get hits(): Locator {
    return this.results.getByRole('option');
  }

  /** Under a heading: "About this". */
  hitsUnder(heading: string): Locator {
    return this.results.getByRole('group', { name: heading }).getByRole('option');
  }

  get reason(): Locator {
    return this.#page.getByRole('dialog', { name: 'Why it is here' });
  }

  /** By the arrows, as far as it is. */
  async take(suggestion: string): Promise<void> {
    const wanted = this.suggestions.getByRole('option').filter({ hasText: suggestion });
    await wanted.waitFor();
    while ((await wanted.getAttribute('data-highlighted')) === null) await this.press('ArrowDown');
    await this.press('Enter');
  }

  /** In place of what was searched for before, as a person types. */
  async search(text: string): Promise<void> {
    await this.press('ControlOrMeta+k', 'ControlOrMeta+a');
    await this.#page.keyboard.type(text);
  }

  /** Until the hits are those of all that was typed, by meaning as well as by words. */
  async answered(text: string): Promise<void> {
    await this.#page
      .locator(`.searched-list[data-typed=${JSON.stringify(text)}]:not([data-provisional])`)
      .waitFor();
  }
}
