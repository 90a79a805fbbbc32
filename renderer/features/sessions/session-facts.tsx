import type { CountedSession } from '../../../shared/schemas/session.ts';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { memoriesInWords } from '../../text/quantities.ts';

/** "12 memories · began today at 09:12", "… · ended on Monday at 18:00" */
export function SessionFacts({ session }: { session: CountedSession }) {
  const now = useNow();
  const { memories, startedAt, endedAt } = session;
  const when = endedAt === null ? `began ${saidMoment(startedAt, now)}` : `ended ${saidMoment(endedAt, now)}`;
  return `${memoriesInWords(memories)} · ${when}`;
}
