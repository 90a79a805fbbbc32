import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { afterAll, expect, test } from 'vitest';
import { defaultSettings } from '../../shared/schemas/settings.ts';
import { migrations } from '../../migrations/index.ts';
import { openTestDatabase } from './testing.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'loci-bundled-'));
afterAll(() => rmSync(dir, { recursive: true }));

const program = (root: string) => `
import { AuditTrail } from '${root}/main/audit/audit-trail.ts';
import { openDatabase } from '${root}/main/database/orm.ts';
import { withRequestContext } from '${root}/main/database/request-context.ts';
import { silentLog } from '${root}/main/logging/log.ts';
import { SettingService } from '${root}/main/settings/setting-service.ts';
import { UserService } from '${root}/main/users/user-service.ts';
async function main() {
  const database = await openDatabase({ connection: { url: process.env.URL }, log: silentLog });
  const applied = await database.migrate();
  const { em } = database.orm;
  const audit = new AuditTrail();
  const users = new UserService({ em, audit, onSwitch() {} });
  const settings = new SettingService({
    em, audit, log: silentLog, currentUserId: () => users.currentUserId, onChange() {},
  });
  const result = await withRequestContext(database.orm, async () => {
    await users.ensureDefaultUser();
    return settings.set({ 'appearance.theme': 'dark' });
  });
  await database.close();
  console.log(JSON.stringify({ applied, result }));
}
void main();
`;

test('as one minified file, as it is in the app, the library opens and knows its migrations by name', async () => {
  const { url } = await openTestDatabase({ migrated: false });
  // Forward slashes, because it becomes part of a program.
  const root = path.join(import.meta.dirname, '../..').replaceAll('\\', '/');
  const input = path.join(dir, 'program.ts');
  const file = path.join(dir, 'program.cjs');
  writeFileSync(input, program(root));
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: ['pg-native', 'pg-cloudflare', 'dotenv'],
    logLevel: 'silent',
  });
  await bundle.write({ file, format: 'cjs', minify: true, codeSplitting: false });
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: dir, env: { URL: url } });
  expect(JSON.parse(stdout)).toEqual({
    applied: migrations.map(({ name }) => name),
    result: { ...defaultSettings, 'appearance.theme': 'dark' },
  });
});
