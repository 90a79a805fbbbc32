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

const times = (value: number) =>
  value === 0 ? 'no part in it' : value === 1 ? 'as usual' : `${value} times the usual`;

const sliders: readonly Slider[] = [
  {
    key: 'search.leaning',
    legend: 'Goes by',
    from: 'words',
    to: 'meaning',
    min: -1,
    max: 1,
    step: 0.25,
    said: (value) =>
      value === 0 ? 'both, as the query calls for' : value < 0 ? 'rather words' : 'rather meaning',
  },
  {
    key: 'search.importance',
    legend: 'Importance',
    from: 'none',
    to: 'much',
    min: 0,
    max: 5,
    step: 0.5,
    said: times,
  },
  {
    key: 'search.recency',
    legend: 'Newness',
    from: 'none',
    to: 'much',
    min: 0,
    max: 5,
    step: 0.5,
    said: times,
  },
  {
    key: 'search.strictness',
    legend: 'Says “nothing”',
    from: 'late',
    to: 'soon',
    min: -1,
    max: 1,
    step: 0.25,
    said: (value) =>
      value === 0 ? 'as usual' : value < 0 ? 'also shows what is further away' : 'shows only what is near',
  },
];

/** What search goes by, to be seen at once on a search of one's own. */
export function SearchSettings() {
  const settings = useSettings();
  const { change, failure } = useChange();
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
    <section className="search-settings__try" aria-label="Try it">
      <label className="search-settings__legend" htmlFor="search-try">
        Try it
      </label>
      <input
        className="search-settings__query"
        id="search-try"
        type="text"
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        maxLength={1000}
        placeholder="Something you would look for"
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
  if (typeof answer === 'string') return <p>{answer}</p>;
  if (answer.hits.length === 0) return <p>Nothing was found.</p>;
  return (
    <>
      {answer.nothingRelevant && <p>Nothing in your library is about this. The nearest there is:</p>}
      <ol>
        {answer.hits.map(({ memory, score, isRelevant }) => (
          <li key={memory.id} data-further={!isRelevant || undefined}>
            <a href={addressOf({ view: { kind: 'memories' }, q: text, open: memory.id })} draggable={false}>
              <bdi>{listText(memory.title, memory.preview).heading}</bdi>
            </a>
            <span className="search-settings__score">
              {isRelevant ? '' : 'further away · '}
              {score.toFixed(2)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
