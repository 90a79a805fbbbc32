import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ComparedField, SpecializationComparison } from '../../../shared/schemas/specialization-list.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { Notice } from '../../components/notice.tsx';
import { go, isBelow, goBack } from '../../navigation/history.ts';
import { addressOf, addressOfView, type Pair } from '../../navigation/place.ts';
import { isTyping } from '../../navigation/typing.ts';
import { formatBytes, memoriesInWords } from '../../text/quantities.ts';
import { AdapterMapView } from './adapter-map.tsx';
import { AdapterStatus } from './adapter-row.tsx';
import { inUsualOrder, parametersInWords } from './adapter-words.ts';
import './compare-view.css';

const view = { kind: 'specializations' } as const;

/** Two specializations side by side: first what is not the same. */
export function CompareView({ pair, top }: { pair: Pair; top: ReactNode }) {
  const texts = useTexts();
  const [left, right] = pair;
  const [found, setFound] = useState<SpecializationComparison>();
  const [failure, setFailure] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  useEffect(() => {
    let isGone = false;
    const read = () =>
      loci.specializations.compare({ ids: [left, right] }).then(
        (comparison) => isGone || setFound(comparison),
        (error: unknown) => isGone || setFailure(reasonOf(error)),
      );
    void read();
    const stop = listen('library:changed', ({ changes }) => {
      if (changes.some(({ entity }) => entity === 'specialization')) void read();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [left, right]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('.dialog')) return;
      event.preventDefault();
      leave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="compare">
      {top}
      <div className="compare__page">
        <a
          className="compare__back"
          href={addressOfView(view)}
          draggable={false}
          onClick={(event) => {
            event.preventDefault();
            leave();
          }}
        >
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden="true" /> {texts.specializations.title}
        </a>
        <h1 className="compare__title" tabIndex={-1} ref={heading}>
          {texts.specializations.compare.title}
        </h1>
        {failure !== undefined && (
          <Notice tone="danger" title={texts.specializations.compare.failed}>
            <p>{failure}</p>
          </Notice>
        )}
        {found && <Comparison found={found} />}
      </div>
    </div>
  );
}

function leave(): void {
  if (isBelow(addressOfView(view))) goBack();
  else go({ view });
}

function Comparison({ found }: { found: SpecializationComparison }) {
  const texts = useTexts();
  const { left, right, differences, sharedMemories } = found;
  return (
    <>
      <p className="compare__words">{likenessInWords(found)}</p>
      <table className="compare__table">
        <thead>
          <tr>
            <th scope="col">
              <span className="only-read-out">{texts.specializations.compare.differs}</span>
            </th>
            {[left, right].map(({ specialization }) => (
              <th scope="col" key={specialization.id} className="compare__name">
                <a href={addressOf({ view, open: specialization.id })} draggable={false} dir="auto">
                  {specialization.name}
                </a>{' '}
                <AdapterStatus row={{ status: specialization.status, isCopy: false }} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <tr key={difference.field}>
              <th scope="row">{texts.specializations.compare.fields[difference.field]}</th>
              <td dir="auto">{valueInWords(difference.field, difference.left) ?? <None />}</td>
              <td dir="auto">{valueInWords(difference.field, difference.right) ?? <None />}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{texts.specializations.compare.memories}</th>
            {[left, right].map(({ specialization: { id, training, reference } }) => (
              <td key={id}>{memoriesInWords(training + reference)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      {sharedMemories > 0 && (
        <p className="compare__words">{texts.specializations.compare.shared(sharedMemories)}</p>
      )}
      <div className="compare__maps">
        {[left, right].map(({ specialization: { id, name }, report }) => (
          <section key={id} className="compare__side" aria-label={name}>
            <h2 className="compare__side-name" dir="auto">
              {name}
            </h2>
            {report ? (
              <AdapterMapView report={report} of={name} />
            ) : (
              <p className="compare__words">{texts.specializations.compare.nothingKnown}</p>
            )}
          </section>
        ))}
      </div>
    </>
  );
}

/** As it is said elsewhere; main says it as it is kept. */
function valueInWords(field: ComparedField, value: string | null): string | null {
  const texts = textsNow();
  if (value === null || value === '') return null;
  switch (field) {
    case 'parameterCount':
      return parametersInWords(Number(value));
    case 'fileSizeBytes':
      return formatBytes(Number(value));
    case 'targets':
      return inUsualOrder(value.split(', ')).join(', ');
    case 'isDora':
    case 'isRankStabilized':
      return value === 'yes' ? texts.specializations.compare.yes : texts.specializations.compare.no;
    default:
      return value;
  }
}

const None = () => <span className="compare__none">–</span>;

function likenessInWords({ sameWeights, sameVersions, differences }: SpecializationComparison): string {
  const texts = textsNow();
  if (sameWeights === true) return texts.specializations.compare.same;
  const lead = sameVersions ? `${texts.specializations.compare.versions} ` : '';
  const weights =
    sameWeights === null
      ? texts.specializations.compare.weightsUnknown
      : texts.specializations.compare.weightsDiffer;
  const rest = differences.length === 0 ? ` ${texts.specializations.compare.nothingElse}` : '';
  return `${lead}${weights}${rest}`;
}
