import type { Texts } from '../../../shared/texts/index.ts';
import { formatFigure } from '../../text/figures.ts';
import { useTexts } from '../../text/use-texts.ts';
import type { useAskedReason } from '../search/asked-reason.ts';
import '../search/hit-row.css';
import { ReasonParts, ReasonPlace } from '../search/reason-place.tsx';
import type { SpecializationHit } from './specialization-search.ts';

const partNames = ['meaning', 'words'] as const;

/** What makes it stand where it does, at its edge. */
export function AdapterReasonBar({ hit }: { hit: SpecializationHit | undefined }) {
  if (!hit) return null;
  const { contributions, isRelevant } = hit;
  const all = contributions.meaning + contributions.words;
  if (all <= 0) return null;
  return (
    <span className="hit__reason" data-reason data-further={!isRelevant || undefined} aria-hidden="true">
      {partNames.map((part) =>
        // Less would be a dot that says nothing.
        contributions[part] / all > 0.03 ? (
          <span
            key={part}
            className={`reason-bar__part reason-bar__part--${part}`}
            style={{ flexGrow: (contributions[part] / all) * 100 }}
          />
        ) : null,
      )}
    </span>
  );
}

/** "Its memories are about this (0.62); contains drip, garden." */
export function reasonOfHit(
  { meaning, matchedWords, contributions }: SpecializationHit,
  texts: Texts,
): string {
  const isNear = meaning !== null && contributions.meaning > 0;
  const near = isNear
    ? meaning.by === 'memories'
      ? texts.specializations.reason.memories(formatFigure(meaning.cosine))
      : texts.specializations.reason.meaning(formatFigure(meaning.cosine))
    : '';
  const words = matchedWords.length > 0 ? texts.specializations.reason.contains(matchedWords) : '';
  const said = [near, words].filter((part) => part !== '').join('; ');
  return said === ''
    ? texts.specializations.reason.filters
    : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

interface AdapterReasonProps {
  /** As `useAskedReason` has it. */
  readonly reason: ReturnType<typeof useAskedReason>;
  readonly hits: ReadonlyMap<string, SpecializationHit>;
}

/** Why a specialization stands where it stands. */
export function AdapterReason({ reason, hits }: AdapterReasonProps) {
  const texts = useTexts();
  const hit = reason.asked && hits.get(reason.asked.id);
  return (
    <ReasonPlace
      asked={hit && reason.asked}
      label={texts.specializations.reason.title}
      list=".adapter-list"
      side="bottom"
      onClose={reason.close}
      onEnter={reason.stay}
      onLeave={reason.leave}
    >
      {hit && (
        <>
          <p className="reason__words">{reasonOfHit(hit, texts)}</p>
          {(hit.contributions.meaning > 0 || hit.contributions.words > 0) && (
            <ReasonParts
              parts={partNames.map((part) => ({
                part,
                name: texts.specializations.reason.parts[part],
                amount: hit.contributions[part],
              }))}
            />
          )}
        </>
      )}
    </ReasonPlace>
  );
}
