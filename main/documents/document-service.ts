import type { UndoableServiceParts } from '../undo/service-parts.ts';
import type { CountedDocument, Document, DocumentPage } from '../../shared/schemas/document.ts';
import { cleanName, isVisible } from '../../shared/schemas/name.ts';
import { toPage, type PageRequest } from '../../shared/schemas/page.ts';
import type { Undoable } from '../../shared/schemas/undo.ts';
import { inTransaction } from '../database/transaction.ts';
import { conflict, notFound } from '../errors/loci-error.ts';
import type { Leftover } from '../undo/undo-stack.ts';
import { DocumentRepository, type ArrivingDocument } from './document.repository.ts';

/** The files and exports that memories came from. */
export class DocumentService {
  readonly #options: UndoableServiceParts;
  readonly #documents: DocumentRepository;

  constructor(options: UndoableServiceParts) {
    this.#options = options;
    this.#documents = new DocumentRepository(options.em);
  }

  /**
   * The same bytes again add nothing: then the answer is the document they came as before. Names come
   * from files and archives, where anything may be one.
   */
  async addOrFind(arriving: ArrivingDocument): Promise<{ document: Document; added: boolean }> {
    const { em, audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return inTransaction(em, async () => {
      const name = keptName(arriving.name);
      // One that is found may be deleted before it is read; then there is room for this one.
      for (let round = 0; round < 2; round++) {
        const added = await this.#documents.add(userId, { ...arriving, name });
        if (added) {
          audit.note({ userId, action: 'imported', entity: 'document', ids: [added.id] });
          return { document: added, added: true };
        }
        const found = await this.#documents.findByHash(userId, arriving.sha256);
        if (found) return { document: found, added: false };
      }
      throw conflict((texts) => texts.failures.document.changedAtOnce);
    });
  }

  async list({ cursor, limit }: PageRequest): Promise<DocumentPage> {
    const rows = await this.#documents.findNewest(this.#options.currentUserId(), limit + 1, cursor);
    const { items, nextCursor } = toPage(rows, limit, (document) => document.importedAt);
    return { documents: items, nextCursor };
  }

  findByIds(ids: readonly string[]): Promise<CountedDocument[]> {
    return this.#documents.findByIds(this.#options.currentUserId(), ids);
  }

  async rename({ id, name }: { id: string; name: string }): Promise<Document> {
    const { em, audit, currentUserId } = this.#options;
    const userId = currentUserId();
    return inTransaction(em, async () => {
      const before = await this.#lock(userId, id);
      if (before.name === name) return before;
      await this.#documents.rename(userId, id, name);
      audit.note({ userId, action: 'changed', entity: 'document', ids: [id], fields: ['name'] });
      return { ...before, name };
    });
  }

  async delete({ id }: { id: string }): Promise<Undoable> {
    const { em, audit, undo, currentUserId } = this.#options;
    const userId = currentUserId();
    const { name, deleted, memoryIds } = await inTransaction(em, async () => {
      const document = await this.#lock(userId, id);
      const released = await this.#documents.releaseMemories(userId, id);
      const row = await this.#documents.delete(userId, id);
      audit.note({ userId, action: 'changed', entity: 'memory', ids: released, fields: ['document_id'] });
      audit.note({ userId, action: 'deleted', entity: 'document', ids: [id] });
      return { name: document.name, deleted: row, memoryIds: released };
    });
    const undoId = undo.offer(
      userId,
      `Document “${name}” deleted`,
      () => this.#restore(userId, id, deleted, memoryIds),
      { rows: memoryIds.length },
    );
    return { undoId };
  }

  #restore(userId: string, id: string, deleted: string, memoryIds: readonly string[]): Promise<Leftover> {
    const { em, audit } = this.#options;
    return inTransaction(em, async () => {
      await this.#documents.restore(deleted);
      const taken = await this.#documents.takeBackMemories(userId, id, memoryIds);
      audit.note({ userId, action: 'restored', entity: 'document', ids: [id] });
      audit.note({ userId, action: 'changed', entity: 'memory', ids: taken, fields: ['document_id'] });
      return { notUndone: memoryIds.length - taken.length };
    });
  }

  async #lock(userId: string, id: string): Promise<Document> {
    const document = await this.#documents.lock(userId, id);
    if (!document) throw notFound('document');
    return document;
  }
}

const maxNameLength = 1000;

function keptName(name: string): string {
  const cut = Array.from(cleanName(name)).slice(0, maxNameLength).join('').trim();
  return isVisible(cut) ? cut : 'Untitled';
}
