import { expect, test } from 'vitest';
import { defaultSettings } from '../../../shared/schemas/settings.ts';
import { diagnosticsText } from './diagnostics-text.ts';

test('diagnostics say what runs and how much there is, and no name, path or text of the person', () => {
  const text = diagnosticsText({
    report: {
      versions: {
        app: '0.1.0',
        electron: '33',
        chrome: '130',
        node: '24',
        postgres: '17.10',
        pgvector: '0.8',
      },
      model: { name: 'MiniLM', revision: 'abc', dimension: 384, loadMs: 210 },
      library: {
        location: '/home/ada/secret/library',
        sizeBytes: 1000,
        databaseBytes: 900,
        createdAt: '2026-01-01T00:00:00Z',
      },
      server: {
        startedAt: '2026-01-01T00:00:00Z',
        connections: 3,
        reachedBy: 'address',
        address: 'db.ada.example:5432',
      },
      processes: [{ kind: 'database', count: 6, memoryBytes: 50 }],
    },
    reading: { state: 'idle', ready: 5, pending: 0, failed: 0 },
    counts: { Memories: 5 },
    jobs: [{ kind: 'audit.verify', status: 'failed' }],
    settings: { ...defaultSettings, 'links.openHosts': ['diary.ada.example'] },
    system: 'Linux',
  });
  expect(text).toContain('postgres: 17.10');
  expect(text).toContain('Memories: 5');
  expect(text).toContain('Job: audit.verify: failed');
  expect(text).not.toMatch(/ada|secret/);
});
