import { useReadingSamples } from '../../api/embedding-progress.ts';
import { paceOf, saidPace, saidTimeLeft } from '../../text/pace.ts';

/** How quickly memories are read, and how long the rest will take; nothing as long as nobody can tell. */
export function ReadingPace({ left }: { readonly left: number }) {
  const pace = paceOf(useReadingSamples());
  if (pace === undefined) return null;
  return <p className="jobs__text">{[saidPace(pace), saidTimeLeft(left / pace)].join(' · ')}</p>;
}
