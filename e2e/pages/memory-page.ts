import type { Locator, Page } from '@playwright/test';
import { expect, type AppInUse } from '../fixtures.ts';
import { ask } from './ask.ts';

interface Kept {
  readonly id: string;
  readonly title: string | null;
  readonly content: string;
  readonly version: number;
  readonly tags: readonly { readonly name: string }[];
}

/** One memory on the screen, and the place where a new one is written: by the words a person reads there. */
export class MemoryPage {
  readonly #loci: AppInUse;
  readonly #page: Page;

  constructor(loci: AppInUse) {
    this.#loci = loci;
    this.#page = loci.page;
  }

  get pane(): Locator {
    return this.#page.getByRole('region', { name: 'Memory', exact: true });
  }

  /** Where the text of the memory that is open is written. */
  get editor(): Locator {
    return this.pane.getByRole('textbox', { name: 'Text', exact: true });
  }

  get saved(): Locator {
    return this.pane.locator('.save-words[data-state="saved"]');
  }

  get composer(): Locator {
    return this.#page.getByRole('form', { name: 'New memory' });
  }

  button(name: string): Locator {
    return this.pane.getByRole('button', { name, exact: true });
  }

  async open(id: string): Promise<void> {
    await this.#page.evaluate((which) => {
      location.hash = `#/memories?open=${which}`;
    }, id);
    await this.button('Edit').waitFor();
  }

  /** Into the text, at its end. */
  async edit(): Promise<void> {
    await this.button('Edit').click();
    await expect(this.editor).toBeFocused();
    await this.#page.keyboard.press('Control+End');
  }

  async compose(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+n');
    await expect(this.composer.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused();
    await this.#page.keyboard.type(text);
  }

  async create(memory: object): Promise<Kept> {
    const { memory: kept } = (await ask(this.#loci, 'memories.create', memory)) as { memory: Kept };
    return kept;
  }

  async read(id: string): Promise<Kept> {
    const [memory] = (await ask(this.#loci, 'memories.read', { ids: [id] })) as Kept[];
    if (!memory) throw new Error('The memory is gone');
    return memory;
  }

  async newest(): Promise<Kept> {
    const { memories } = (await ask(this.#loci, 'memories.list', {})) as { memories: { id: string }[] };
    const [first] = memories;
    if (!first) throw new Error('There is no memory');
    return this.read(first.id);
  }

  /** What is on the disk and not in the library yet. */
  async drafts(): Promise<string> {
    return JSON.stringify(await ask(this.#loci, 'drafts.list'));
  }
}
