import { useTexts } from '../../text/use-texts.ts';
import { parts } from '../../text/parts.ts';
import { Layers } from 'lucide-react';
import { useAsked } from '../../api/asked.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { addressOf } from '../../navigation/place.ts';
import './specialization-for-query.css';

/** Whoever is still writing has not said yet what it is about. */
const restMs = 500;
const filter = /(?<!\S)-?[a-z-]+:(?:"[^"]*"?|\S+)/gi;

/** Below what was found: the specialization that knows about it, where there is one. */
export function SpecializationForQuery({ typed }: { typed: string }) {
  const texts = useTexts();
  const overview = useOverview();
  const text = typed.replaceAll(filter, ' ').trim();
  const isWorthIt = text !== '' && (overview?.specializations ?? 0) > 0;
  const { answer } = useAsked(
    isWorthIt ? text : undefined,
    () => loci.specializations.recommend({ text }),
    restMs,
  );
  const best = isWorthIt ? answer?.best : undefined;
  if (!best) return null;
  const { specialization, why } = best;
  return (
    <p className="for-query" title={why}>
      <Layers size={14} strokeWidth={1.75} aria-hidden="true" />
      <span className="for-query__words">
        {parts(
          texts.specializations.ofMemory.forThis(
            <a
              key="name"
              href={addressOf({ view: { kind: 'specializations' }, open: specialization.id })}
              draggable={false}
              dir="auto"
            >
              {specialization.name}
            </a>,
          ),
        )}
      </span>
    </p>
  );
}
