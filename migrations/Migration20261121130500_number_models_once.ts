import { Migration } from '@mikro-orm/migrations';

export class Migration20261121130500_number_models_once extends Migration {
  override up(): void {
    // What is kept of a model outside of the library goes by its number: one that is gone must not come back as another.
    this.addSql('create sequence embedding_model_number as smallint');
    // A library that was copied has numbers that its sequence has not given.
    this.addSql(`
      create function next_embedding_model_number() returns smallint language sql volatile as $$
        select case when n.next > k.greatest then n.next else setval('embedding_model_number', k.greatest + 1) end::smallint
        from (select nextval('embedding_model_number') as next) n,
          (select coalesce(max(id), 0) as greatest from embedding_model) k
      $$`);
  }
}
