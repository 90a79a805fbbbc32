import { inWords } from '../../../shared/texts/told.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { parts } from '../../text/parts.ts';
import { CircleCheck, CircleHelp, Image, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { AdapterReport, AdapterVerdict } from '../../../shared/schemas/adapter.ts';
import { Facts } from '../../components/facts.tsx';
import { formatBytes } from '../../text/quantities.ts';
import './adapter-facts.css';
import { AdapterMapView } from './adapter-map.tsx';
import {
  dtypesInWords,
  formatInWords,
  inUsualOrder,
  listed,
  methodInWords,
  parametersInWords,
  rangeInWords,
  scaleInWords,
  verdictTitle,
} from './adapter-words.ts';
import { KnownBaseModels } from './known-base-models.tsx';

const icons: Readonly<Record<AdapterVerdict['kind'], LucideIcon>> = {
  fits: CircleCheck,
  likely: CircleHelp,
  contradicts: TriangleAlert,
  'unknown-shapes': CircleHelp,
  image: Image,
};

/** What the adapter is, as its file says: known without opening its weights. */
export function AdapterFacts({ report }: { report: AdapterReport }) {
  const texts = useTexts();
  return (
    <>
      <Verdict report={report} />
      <section className="specialization-section" aria-label={texts.specializations.facts.title}>
        <div className="adapter-facts">
          <Facts facts={factsOf(report)} />
          <Facts facts={sizesOf(report)} />
        </div>
      </section>
      <section className="specialization-section" aria-label={texts.specializations.facts.reach}>
        <h3 className="specialization-section__title">{texts.specializations.facts.reach}</h3>
        <AdapterMapView report={report} />
        {report.wholeWeights.length > 0 && (
          <p className="specialization-section__intro">
            {parts(
              texts.specializations.facts.whole(
                <code key="names">{listed(report.wholeWeights.slice(0, 8))}</code>,
                report.wholeWeights.length - 8,
              ),
            )}
          </p>
        )}
      </section>
      {report.training.length > 0 && <Training training={report.training} />}
    </>
  );
}

/** Which model it is for, and whether all that it says of itself agrees with its tensors. */
function Verdict({ report }: { report: AdapterReport }) {
  const texts = useTexts();
  const { verdict, notes } = report;
  const Icon = icons[verdict.kind];
  const title = verdictTitle(verdict.kind);
  return (
    <section className="specialization-section" aria-label={texts.specializations.facts.verdict}>
      <div className="verdict" data-kind={verdict.kind}>
        <Icon className="verdict__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
        <p className="verdict__words">
          {title !== undefined && <strong>{title}. </strong>}
          {inWords(verdict.message)}
        </p>
      </div>
      {notes.length === 0 ? (
        <div className="verdict" data-kind="fits">
          <CircleCheck className="verdict__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
          <p className="verdict__words">{texts.specializations.facts.agrees}</p>
        </div>
      ) : (
        <ul className="verdict-notes" aria-label={texts.specializations.facts.disagrees}>
          {notes.map(({ kind, message }, at) => (
            <li className="verdict" data-kind="contradicts" key={`${kind} ${at}`}>
              <TriangleAlert className="verdict__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
              <p className="verdict__words">{inWords(message)}</p>
            </li>
          ))}
        </ul>
      )}
      <KnownBaseModels />
    </section>
  );
}

function factsOf(report: AdapterReport) {
  const texts = textsNow();
  const { baseModel, ranks, alphas, targets } = report;
  const names = inUsualOrder(targets.map(({ name }) => name));
  const ordered = targets.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  const scale = scaleInWords(report);
  const alpha = rangeInWords(alphas) ?? texts.specializations.facts.notSaid;
  return [
    {
      name: texts.specializations.facts.baseModel,
      value: baseModel === null ? texts.specializations.facts.notSaid : <bdi>{baseModel}</bdi>,
    },
    { name: texts.specializations.facts.method, value: methodInWords(report) },
    {
      name: texts.specializations.facts.rank,
      value: rangeInWords(ranks) ?? texts.specializations.facts.notKnown,
    },
    { name: texts.specializations.facts.alpha, value: scale === undefined ? alpha : `${alpha} (${scale})` },
    {
      name: texts.specializations.facts.modules,
      value: (
        <span className="adapter-facts__targets">
          {ordered.slice(0, 12).map(({ name, modules, inFeatures, outFeatures }) => (
            <code key={name} title={texts.specializations.facts.modulesOf(modules, inFeatures, outFeatures)}>
              {name}
            </code>
          ))}
          {targets.length > 12 && texts.specializations.facts.andMore(targets.length - 12)}
        </span>
      ),
    },
  ];
}

function sizesOf(report: AdapterReport) {
  const texts = textsNow();
  const { map, tensors, parameterCount, fileSizeBytes, modules } = report;
  return [
    { name: texts.specializations.facts.format, value: formatInWords(report) },
    { name: texts.specializations.facts.precision, value: dtypesInWords(report) },
    { name: texts.specializations.facts.parameters, value: parametersInWords(parameterCount) },
    { name: texts.specializations.facts.size, value: formatBytes(fileSizeBytes) },
    {
      name: texts.specializations.facts.layers,
      value: texts.specializations.facts.layersOf(map.layers.length, modules, tensors),
    },
  ];
}

/** So many are seen at once. */
const mostShown = 6;

function Training({ training }: { training: AdapterReport['training'] }) {
  const texts = useTexts();
  const facts = training.map(({ key, value }) => ({ name: key, value: <bdi>{value}</bdi> }));
  return (
    <section
      className="specialization-section adapter-training"
      aria-label={texts.specializations.facts.training}
    >
      <h3 className="specialization-section__title">{texts.specializations.facts.trainingTitle}</h3>
      <Facts facts={facts.slice(0, mostShown)} />
      {facts.length > mostShown && (
        <details className="adapter-training__more">
          <summary>{texts.specializations.facts.more(facts.length - mostShown)}</summary>
          <Facts facts={facts.slice(mostShown)} />
        </details>
      )}
    </section>
  );
}
