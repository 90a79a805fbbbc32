import { expect, test } from 'vitest';
import { settingsChange } from '../../../shared/schemas/settings.ts';
import { daysIn } from './days.ts';

test('only whole numbers of days that the settings take are taken', () => {
  const typed = ['30', ' 7 ', '1', '3650', '0', '3651', '-3', '1.5', '1e2', '', 'ten', '99999999'];
  expect(typed.map(daysIn)).toEqual([30, 7, 1, 3650, ...Array.from({ length: 8 }, () => undefined)]);
});

test('what is taken here is what main takes', () => {
  for (const days of [0, 1, 3650, 3651]) {
    const { success } = settingsChange.safeParse({ 'trash.keepDays': days, 'sessions.lifetimeDays': days });
    expect(daysIn(String(days)) !== undefined).toBe(success);
  }
});
