import type { Locator, Page } from '@playwright/test';

/** What was done, and the check, by the words a person reads there. */
export class ActivityPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Each line of the list, the newest first. */
  get lines(): Locator {
    return this.#page.locator('.run__sentence');
  }

  /** Of the things that the unfolded line is about. */
  get shortIds(): Locator {
    return this.#page.locator('details[open] code[title]');
  }

  get check(): Locator {
    return this.#page.getByRole('region', { name: 'Check' });
  }

  get filter(): Locator {
    return this.#page.getByLabel('Show', { exact: true });
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Activity' }).click();
    await this.lines.first().waitFor();
  }

  /** As if the page had never been looked at before. */
  async openAnew(): Promise<void> {
    await this.#page.getByRole('link', { name: 'All memories' }).click();
    await this.open();
  }
}
