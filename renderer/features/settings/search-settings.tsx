import { useEffect, useState } from 'react';
import type { SettingsChange } from '../../../shared/schemas/settings.ts';
import type { SearchResult } from '../../../shared/schemas/search.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { useSettings } from '../../api/settings.ts';
import { remembered } from '../../navigation/remembered.ts';
import { addressOf } from '../../navigation/place.ts';
import { listText } from '../../text/preview.ts';
import { useChange } from './setting-choice.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { formatFigure } from '../../text/figures.ts';
import { textsNow, type Texts } from '../../../shared/texts/index.ts';
import './search-settings.css';

interface Slider {
  readonly key: 'search.leaning' | 'search.importance' | 'search.recency' | 'search.strictness';
  readonly legend: string;
  readonly from: string;
  readonly to: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly said: (value: number) => string;
}

function times(value: number): string {
  const texts = textsNow();
  if (value === 0) return texts.settings.search.noPart;
  return value === 1 ? texts.settings.search.asUsual : texts.settings.search.times(value);
}

const slidersIn = (texts: Texts): readonly Slider[] => [
  {
    key: 'search.leaning',
    legend: texts.settings.search.leaning,
    from: texts.settings.search.words,
    to: texts.settings.search.meaning,
    min: -1,
    max: 1,
    step: 0.25,
    said: (value) =>
      value === 0
        ? texts.settings.search.both
        : value < 0
          ? texts.settings.search.ratherWords
          : texts.settings.search.ratherMeaning,
  },
  {
    key: 'search.importance',
    legend: texts.settings.search.importance,
    from: texts.settings.search.none,
    to: texts.settings.search.much,
    min: 0,
    max: 5,
    step: 0.5,
    said: times,
  },
  {
    key: 'search.recency',
    legend: texts.settings.search.recency,
    from: texts.settings.search.none,
    to: texts.settings.search.much,
    min: 0,
    max: 5,
    step: 0.5,
    said: times,
  },
  {
    key: 'search.strictness',
    legend: texts.settings.search.strictness,
    from: texts.settings.search.late,
    to: texts.settings.search.soon,
    min: -1,
    max: 1,
    step: 0.25,
    said: (value) =>
      value === 0
        ? texts.settings.search.asUsual
        : value < 0
          ? texts.settings.search.further
          : texts.settings.search.near,
  },
];

/** What search goes by, to be seen at once on a search of one's own. */
export function SearchSettings() {
  const texts = useTexts();
  const settings = useSettings();
  const { change, failure } = useChange();
  const sliders = slidersIn(texts);
  return (
    <div className="search-settings">
      {sliders.map(({ key, legend, from, to, min, max, step, said }) => (
        <div className="search-settings__row" key={key}>
          <label className="search-settings__legend" htmlFor={key}>
            {legend}
          </label>
          <div className="search-settings__slider">
            <span aria-hidden="true">{from}</span>
            <input
              id={key}
              type="range"
              min={min}
              max={max}
              step={step}
              value={settings[key]}
              aria-valuetext={said(settings[key])}
              onChange={(event) => change({ [key]: Number(event.target.value) } satisfies SettingsChange)}
            />
            <span aria-hidden="true">{to}</span>
          </div>
          <output className="search-settings__said">{said(settings[key])}</output>
        </div>
      ))}
      {failure}
      {/* Another one when the weights are others: it asks anew. */}
      <Preview key={sliders.map(({ key }) => settings[key]).join(' ')} />
    </div>
  );
}

const lastTried = remembered('search.tried', (text) => text);
/** Shown until the new one is there, so that nothing flickers while one tries. */
let latestAnswer: SearchResult | string | undefined;
const mostShown = 5;
const restMs = 150;

function Preview() {
  const texts = useTexts();
  const [typed, setTyped] = useState(() => lastTried.read() ?? '');
  const [answer, setAnswer] = useState<SearchResult | string | undefined>(latestAnswer);
  const text = typed.trim();
  useEffect(() => {
    if (text === '') return undefined;
    let isGone = false;
    const tell = (next: SearchResult | string) => {
      if (isGone) return;
      latestAnswer = next;
      setAnswer(next);
    };
    const rest = setTimeout(() => {
      lastTried.write(text);
      loci.search.query({ text, limit: mostShown }).then(tell, (error: unknown) => tell(reasonOf(error)));
    }, restMs);
    return () => {
      isGone = true;
      clearTimeout(rest);
    };
  }, [text]);
  return (
    <section className="search-settings__try" aria-label={texts.settings.search.tryIt}>
      <label className="search-settings__legend" htmlFor="search-try">
        {texts.settings.search.tryIt}
      </label>
      <input
        className="search-settings__query"
        id="search-try"
        type="text"
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        maxLength={1000}
        placeholder={texts.settings.search.placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="search-settings__found" aria-live="polite">
        {text !== '' && answer !== undefined && <Answer answer={answer} text={text} />}
      </div>
    </section>
  );
}

function Answer({ answer, text }: { answer: SearchResult | string; text: string }) {
  const texts = useTexts();
  if (typeof answer === 'string') return <p>{answer}</p>;
  if (answer.hits.length === 0) return <p>{texts.settings.search.nothing}</p>;
  return (
    <>
      {answer.nothingRelevant && <p>{texts.settings.search.nothingRelevant}</p>}
      <ol>
        {answer.hits.map(({ memory, score, isRelevant }) => (
          <li key={memory.id} data-further={!isRelevant || undefined}>
            <a href={addressOf({ view: { kind: 'memories' }, q: text, open: memory.id })} draggable={false}>
              <bdi>{listText(memory.title, memory.preview).heading}</bdi>
            </a>
            <span className="search-settings__score">
              {isRelevant ? formatFigure(score) : texts.settings.search.scoreFurther(formatFigure(score))}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
