import { useEffect, useState } from 'react';
import type { Explanation, SearchHit } from '../../../shared/schemas/search.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { Button } from '../../components/button.tsx';
import { formatFigure } from '../../text/figures.ts';
import { formatCount } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import type { AskedReason } from './asked-reason.ts';
import { reasonsOf } from './hit-reasons.ts';
import { ReasonParts, ReasonPlace } from './reason-place.tsx';
import { namesOfParts, reasonInWords, reasonParts } from './reason-parts.ts';
import { keyOfWish, typedOf, type SearchWish } from './search-wish.ts';

interface ReasonPopoverProps {
  readonly asked: AskedReason | undefined;
  readonly wish: SearchWish;
  /** Undefined for what is not among the hits. */
  readonly hit: SearchHit | undefined;
  readonly onClose: () => void;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
}

/** Why a memory stands where it stands, in words. */
export function ReasonPopover({ asked, wish, hit, onClose, onEnter, onLeave }: ReasonPopoverProps) {
  const texts = useTexts();
  return (
    <ReasonPlace
      asked={asked}
      label={texts.search.reason.label}
      list=".list-pane .memory-list"
      side="right"
      onClose={onClose}
      onEnter={onEnter}
      onLeave={onLeave}
    >
      {asked && <Reason key={`${asked.id} ${keyOfWish(wish)}`} asked={asked} wish={wish} hit={hit} />}
    </ReasonPlace>
  );
}

interface ReasonProps extends Pick<ReasonPopoverProps, 'wish' | 'hit'> {
  readonly asked: AskedReason;
}

function Reason({ asked: { id, isFull = false }, wish, hit }: ReasonProps) {
  const texts = useTexts();
  const [isWhole, setWhole] = useState(isFull);
  const sentence = sentenceOf(wish, id);
  return (
    <>
      {hit && (
        <>
          <p className="reason__words">{reasonInWords(hit, sentence, texts)}</p>
          {hit.score > 0 && <Parts hit={hit} />}
        </>
      )}
      {isWhole ? (
        <Whole wish={wish} id={id} />
      ) : (
        <Button tone="quiet" onClick={() => setWhole(true)}>
          {texts.search.reason.more}
        </Button>
      )}
    </>
  );
}

function Parts({ hit }: { hit: SearchHit }) {
  const names = namesOfParts(useTexts());
  return <ReasonParts parts={reasonParts(hit).map((each) => ({ ...each, name: names[each.part] }))} />;
}

function Whole({ wish, id }: { wish: SearchWish; id: string }) {
  const texts = useTexts();
  const [answer, setAnswer] = useState<Explanation | string>();
  useEffect(() => {
    let isGone = false;
    const tell = (next: Explanation | string) => isGone || setAnswer(next);
    loci.search.explain({ ...typedOf(wish), id }).then(tell, (error: unknown) => tell(reasonOf(error)));
    return () => {
      isGone = true;
    };
  }, [wish, id]);
  if (answer === undefined) return <p className="reason__wait">{texts.search.reason.wait}</p>;
  if (typeof answer === 'string') return <p role="alert">{answer}</p>;
  const { place, standing, reasons, matchedWords } = answer;
  const facts: [string, string][] = [
    ...(place === null ? [] : [[texts.search.reason.place, formatCount(place)] satisfies [string, string]]),
    ...(standing?.words?.rank == null
      ? []
      : [[texts.search.reason.placeByWords, formatCount(standing.words.rank)] satisfies [string, string]]),
    ...(standing?.meaning?.rank == null
      ? []
      : [
          [texts.search.reason.placeByMeaning, formatCount(standing.meaning.rank)] satisfies [string, string],
        ]),
    ...(standing?.meaning
      ? [[texts.search.reason.closeness, formatFigure(standing.meaning.cosine)] satisfies [string, string]]
      : []),
    ...(matchedWords.length > 0
      ? [[texts.search.reason.hasWords, matchedWords.join(', ')] satisfies [string, string]]
      : []),
  ];
  return (
    <div className="reason__whole">
      {place === null && <p className="reason__words">{texts.search.reason.notInList}</p>}
      {reasons.length > 0 && (
        <ul className="reason__sentences">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {facts.length > 0 && (
        <dl className="reason__facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

const longest = 160;

function sentenceOf(wish: SearchWish, id: string): string | undefined {
  const known = reasonsOf(wish, id);
  if (!known?.sentence) return undefined;
  const { start, text } = known.excerpt;
  const sentence = text.slice(known.sentence.start - start, known.sentence.end - start).trim();
  if (sentence === '') return undefined;
  return sentence.length > longest ? `${sentence.slice(0, longest).trimEnd()}…` : sentence;
}
