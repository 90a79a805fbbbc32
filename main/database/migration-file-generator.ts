import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TSMigrationGenerator } from '@mikro-orm/migrations';

interface SchemaDifference {
  readonly up: string[];
  readonly down: string[];
}

/** Writes a new migration the way ours are: forward only, and entered in the list. */
export class MigrationFileGenerator extends TSMigrationGenerator {
  override async generate(
    difference: SchemaDifference,
    folder = 'migrations',
    name?: string,
  ): Promise<[string, string]> {
    if (name === undefined) throw new Error('A migration needs a name: --name verb_object');
    const [code, file] = await super.generate({ ...difference, down: [] }, folder, name);
    enterInList(path.join(folder, 'index.ts'), path.basename(file, '.ts'));
    return [code, file];
  }

  override generateMigrationFile(className: string, { up }: SchemaDifference): string {
    const statements = up.filter((sql) => sql !== '').map((sql) => this.createStatement(sql, 4));
    return [
      `import { Migration } from '@mikro-orm/migrations';\n\n`,
      `export class ${className} extends Migration {\n`,
      `  override up(): void {\n`,
      ...statements,
      `  }\n}\n`,
    ].join('');
  }
}

function enterInList(listFile: string, name: string): void {
  const list = readFileSync(listFile, 'utf8');
  const entered = list
    .replace('\n/**', `import { ${name} } from './${name}.ts';\n\n/**`)
    .replace(/\n\];\n$/, `\n  { name: '${name}', class: ${name} },\n];\n`);
  writeFileSync(listFile, entered);
}
