import { count, plural } from './quantities.ts';

export const amounts = {
  memories: (memories: number) =>
    memories === 0
      ? 'no memories'
      : plural(memories, { one: '1 memory', other: `${count(memories)} memories` }),
  perMinute: (pace: number) => `${count(pace)} a minute`,
  perSecond: (pace: number) => `${count(pace)} a second`,
  fewSecondsLeft: 'a few seconds left',
  secondsLeft: (seconds: number) => `about ${count(seconds)} seconds left`,
  minutesLeft: (minutes: number) =>
    plural(minutes, { one: 'about 1 minute left', other: `about ${count(minutes)} minutes left` }),
  hoursLeft: (hours: number) =>
    plural(hours, { one: 'about 1 hour left', other: `about ${count(hours)} hours left` }),
};
