import type { amounts as english } from '../en/amounts.ts';
import type { TextsOf } from '../texts-of.ts';
import { count, plural } from './quantities.ts';

export const amounts: TextsOf<typeof english> = {
  memories: (memories) =>
    memories === 0
      ? 'keine Erinnerungen'
      : plural(memories, { one: '1 Erinnerung', other: `${count(memories)} Erinnerungen` }),
  perMinute: (pace) => `${count(pace)} pro Minute`,
  perSecond: (pace) => `${count(pace)} pro Sekunde`,
  fewSecondsLeft: 'noch ein paar Sekunden',
  secondsLeft: (seconds) => `noch etwa ${count(seconds)} Sekunden`,
  minutesLeft: (minutes) =>
    plural(minutes, { one: 'noch etwa 1 Minute', other: `noch etwa ${count(minutes)} Minuten` }),
  hoursLeft: (hours) =>
    plural(hours, { one: 'noch etwa 1 Stunde', other: `noch etwa ${count(hours)} Stunden` }),
};
