import type { CountedSession } from '../../../shared/schemas/session.ts';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { useTexts } from '../../text/use-texts.ts';

/** "12 memories · began today at 09:12", "… · ended on Monday at 18:00" */
export function SessionFacts({ session }: { session: CountedSession }) {
  const texts = useTexts();
  const now = useNow();
  const { memories, startedAt, endedAt } = session;
  return endedAt === null
    ? texts.sessions.began(memories, saidMoment(startedAt, now))
    : texts.sessions.ended(memories, saidMoment(endedAt, now));
}
