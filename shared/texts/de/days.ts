import type { days as english } from '../en/days.ts';
import type { TextsOf } from '../texts-of.ts';

export const days: TextsOf<typeof english> = {
  today: 'Heute',
  yesterday: 'Gestern',
  todayAt: (time) => `heute um ${time}`,
  yesterdayAt: (time) => `gestern um ${time}`,
  onDayAt: (day, time) => `am ${day} um ${time}`,
};
