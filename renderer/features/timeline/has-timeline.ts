/** Fewer are seen at a glance. */
const fewest = 8;
const dayMs = 86_400_000;

/** Whether there is something to be seen in the times of a list. */
export function hasTimeline(times: Float64Array): boolean {
  const [first, last] = [times[0], times.at(-1)];
  return times.length >= fewest && first !== undefined && last !== undefined && last - first > 2 * dayMs;
}
