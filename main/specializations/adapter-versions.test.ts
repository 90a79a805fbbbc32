import { describe, expect, test } from 'vitest';
import { groupVersions, nameStem, type VersionedAdapter } from './adapter-versions.ts';

let made = 0;
function adapter(name: string, other: Partial<VersionedAdapter> = {}): VersionedAdapter {
  made++;
  return {
    id: `id-${made}`,
    name,
    format: 'safetensors',
    baseModel: 'Llama-3.1-8B',
    targets: ['q_proj', 'v_proj'],
    tensorHash: null,
    createdAt: `2026-01-01T00:00:${String(made).padStart(2, '0')}.000Z`,
    ...other,
  };
}

test.each([
  ['law-lora_v2 (final)', 'law'],
  ['Law LoRA checkpoint-500', 'law'],
  ['contracts.epoch3', 'contracts.epoch3'],
  ['contracts-e3-q8_0', 'contracts'],
  ['support r64', 'support'],
  ['2026', '2026'],
  ['v2', 'v2'],
])('“%s” is a version of “%s”', (name, stem) => {
  expect(nameStem(name)).toBe(stem);
});

describe('versions of an adapter', () => {
  test('are those for the same modules of the same model whose names differ by a version', () => {
    const [first, second, other] = [adapter('law v1'), adapter('law v2'), adapter('tax v1')];
    expect(groupVersions([second, other, first])).toEqual(
      new Map([
        [first.id, first.id],
        [second.id, first.id],
      ]),
    );
  });

  test('are those with the same weights, whatever they are called and for', () => {
    const hash = 'ab'.repeat(32);
    const [a, b] = [
      adapter('law', { tensorHash: hash }),
      adapter('renamed', { tensorHash: hash, baseModel: null }),
    ];
    expect(groupVersions([a, b]).get(b.id)).toBe(a.id);
  });

  test('belong together through others', () => {
    const hash = 'cd'.repeat(32);
    const a = adapter('law v1');
    const b = adapter('law v2', { tensorHash: hash });
    const c = adapter('something else', { tensorHash: hash });
    expect([...new Set(groupVersions([c, b, a]).values())]).toEqual([a.id]);
    expect(groupVersions([c, b, a]).size).toBe(3);
  });

  test('are not those for another model, or other modules, or without any', () => {
    const all = [
      adapter('law v1'),
      adapter('law v2', { baseModel: 'Qwen2-7B' }),
      adapter('law v3', { targets: ['q_proj'] }),
      adapter('law v4', { format: null, baseModel: null, targets: [] }),
      adapter('law v5', { format: null, baseModel: null, targets: [] }),
    ];
    expect(groupVersions(all)).toEqual(new Map());
  });
});
