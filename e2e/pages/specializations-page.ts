import type { Locator, Page } from '@playwright/test';
import type { AppInUse, Loci } from '../fixtures.ts';
import { BrowsePage } from './browse-page.ts';

/** The library of adapters, and one of them: by the words a person reads there. */
export class SpecializationsPage extends BrowsePage {
  /** Main is out of reach in a packaged app. */
  readonly #loci: AppInUse & Partial<Pick<Loci, 'app'>>;
  readonly #page: Page;

  constructor(loci: AppInUse & Partial<Pick<Loci, 'app'>>) {
    super(loci.page);
    this.#loci = loci;
    this.#page = loci.page;
  }

  get library(): Locator {
    return this.#page.getByRole('region', { name: 'Specializations', exact: true });
  }

  override get list(): Locator {
    return this.library.locator('.adapter-list');
  }

  /** As rows of a table, lines or cards. */
  override get rows(): Locator {
    return this.list.locator('[data-row]');
  }

  override get selected(): Locator {
    return this.list.locator('[data-row][aria-selected="true"]');
  }

  override row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  /** The one that is open. */
  get pane(): Locator {
    return this.#page.getByRole('region', { name: 'Specialization', exact: true });
  }

  get search(): Locator {
    return this.library.getByRole('combobox', { name: 'Search' });
  }

  get map(): Locator {
    return this.pane.getByRole('grid', { name: /^Rank of each module by layer/ });
  }

  part(name: string): Locator {
    return this.pane.getByRole('tab', { name });
  }

  section(name: string): Locator {
    return this.pane.getByRole('region', { name, exact: true });
  }

  override button(name: string | RegExp): Locator {
    return this.#page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  async open(): Promise<void> {
    await this.link('Specializations').click();
    await this.library.getByRole('heading', { level: 1 }).waitFor();
  }

  /** In the dialog of the system, which no test can press a button of. */
  async willChoose(place: string): Promise<void> {
    await this.#loci.app?.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, place);
  }

  /** In the dialog that asks where to save. */
  async willSaveAs(place: string): Promise<void> {
    await this.#loci.app?.evaluate(({ dialog }, chosen) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    }, place);
  }

  get suggestions(): Locator {
    return this.#page.getByRole('listbox', { name: 'Suggestions' });
  }

  /** As it is dragged from the file manager and let go of over the window. */
  async drop(...places: readonly string[]): Promise<void> {
    const session = await this.#page.context().newCDPSession(this.#page);
    const data = { items: [], files: [...places], dragOperationsMask: 1 };
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
    await drag('dragEnter');
    await drag('dragOver');
    // What is let go of before the page has said that it takes it is lost.
    await this.#page.locator('.drop-hint').waitFor();
    await drag('dragOver');
    await drag('drop');
    await session.detach();
  }
}
