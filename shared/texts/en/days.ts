export const days = {
  today: 'Today',
  yesterday: 'Yesterday',
  todayAt: (time: string) => `today at ${time}`,
  yesterdayAt: (time: string) => `yesterday at ${time}`,
  /** A day of the week, or a date. */
  onDayAt: (day: string, time: string) => `on ${day} at ${time}`,
};
