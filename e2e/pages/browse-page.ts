import type { Locator, Page } from '@playwright/test';

/** The sidebar, the list and what is open beside it, by the words a person reads there. */
export class BrowsePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get list(): Locator {
    return this.#page
      .getByRole('region', { name: 'Memories' })
      .getByRole('listbox', { name: /^(?!Timeline)/ });
  }

  get rows(): Locator {
    return this.list.getByRole('option');
  }

  get selected(): Locator {
    return this.list.getByRole('option', { selected: true });
  }

  /** What is open. */
  get memory(): Locator {
    return this.#page.getByRole('region', { name: 'Memory', exact: true });
  }

  get title(): Locator {
    return this.#page.getByRole('region', { name: 'Memories' }).getByRole('heading', { level: 1 });
  }

  /** What can be done with several. */
  get bulkBar(): Locator {
    return this.#page.getByRole('toolbar', { name: 'What is chosen' });
  }

  get sidebar(): Locator {
    return this.#page.getByRole('navigation', { name: 'Loci' });
  }

  get dialog(): Locator {
    // What was just done is said in something that also calls itself a dialog.
    return this.#page.locator('.dialog');
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  link(name: string): Locator {
    return this.sidebar.getByRole('link', { name: new RegExp(`^${name}(?= [\\d,]+$|$)`) });
  }

  button(name: string | RegExp): Locator {
    return this.#page.getByRole('button', { name });
  }

  /** What was just done, in passing. */
  news(text: string | RegExp): Locator {
    return this.#page.locator('.toast', { hasText: text });
  }

  menuItem(name: string | RegExp): Locator {
    return this.#page.getByRole('menuitem', { name });
  }

  async openMenuOf(row: Locator): Promise<void> {
    await row.click({ button: 'right' });
    await this.#page.getByRole('menu').first().waitFor();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }
}
