import { CircleCheck, CircleHelp, Image, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { AdapterReport, AdapterVerdict } from '../../../shared/schemas/adapter.ts';
import { Facts } from '../../components/facts.tsx';
import { formatBytes, formatCount } from '../../text/quantities.ts';
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

const icons: Readonly<Record<AdapterVerdict['kind'], LucideIcon>> = {
  fits: CircleCheck,
  likely: CircleHelp,
  contradicts: TriangleAlert,
  'unknown-shapes': CircleHelp,
  image: Image,
};

/** What the adapter is, as its file says: known without opening its weights. */
export function AdapterFacts({ report }: { report: AdapterReport }) {
  return (
    <>
      <Verdict report={report} />
      <section className="specialization-section" aria-label="Facts">
        <div className="adapter-facts">
          <Facts facts={factsOf(report)} />
          <Facts facts={sizesOf(report)} />
        </div>
      </section>
      <section className="specialization-section" aria-label="Where it reaches">
        <h3 className="specialization-section__title">Where it reaches</h3>
        <AdapterMapView report={report} />
        {report.wholeWeights.length > 0 && (
          <p className="specialization-section__intro">
            Saved whole instead of as a pair of factors:{' '}
            <code>{listed(report.wholeWeights.slice(0, 8))}</code>
            {report.wholeWeights.length > 8 && ` and ${formatCount(report.wholeWeights.length - 8)} more`}
          </p>
        )}
      </section>
      {report.training.length > 0 && <Training training={report.training} />}
    </>
  );
}

/** Which model it is for, and whether all that it says of itself agrees with its tensors. */
function Verdict({ report }: { report: AdapterReport }) {
  const { verdict, notes } = report;
  const Icon = icons[verdict.kind];
  const title = verdictTitle(verdict.kind);
  return (
    <section className="specialization-section" aria-label="Verdict">
      <div className="verdict" data-kind={verdict.kind}>
        <Icon className="verdict__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
        <p className="verdict__words">
          {title !== undefined && <strong>{title}. </strong>}
          {verdict.message}
        </p>
      </div>
      {notes.length === 0 ? (
        <div className="verdict" data-kind="fits">
          <CircleCheck className="verdict__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
          <p className="verdict__words">All that it says of itself agrees with its tensors.</p>
        </div>
      ) : (
        <ul className="verdict-notes" aria-label="What does not agree">
          {notes.map(({ kind, message }, at) => (
            <li className="verdict" data-kind="contradicts" key={`${kind} ${at}`}>
              <TriangleAlert className="verdict__icon" size={18} strokeWidth={1.75} aria-hidden="true" />
              <p className="verdict__words">{message}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function factsOf(report: AdapterReport) {
  const { baseModel, ranks, alphas, targets } = report;
  const names = inUsualOrder(targets.map(({ name }) => name));
  const ordered = targets.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  const scale = scaleInWords(report);
  const alpha = rangeInWords(alphas) ?? 'Not said';
  return [
    { name: 'Base model', value: baseModel === null ? 'Not said' : <bdi>{baseModel}</bdi> },
    { name: 'Method', value: methodInWords(report) },
    { name: 'Rank', value: rangeInWords(ranks) ?? 'Not known' },
    { name: 'Alpha', value: scale === undefined ? alpha : `${alpha} (${scale})` },
    {
      name: 'Modules',
      value: (
        <span className="adapter-facts__targets">
          {ordered.slice(0, 12).map(({ name, modules, inFeatures, outFeatures }) => (
            <code
              key={name}
              title={`${formatCount(modules)} modules${inFeatures === null || outFeatures === null ? '' : `, ${inFeatures} to ${outFeatures}`}`}
            >
              {name}
            </code>
          ))}
          {targets.length > 12 && `and ${formatCount(targets.length - 12)} more`}
        </span>
      ),
    },
  ];
}

function sizesOf(report: AdapterReport) {
  const { map, tensors, parameterCount, fileSizeBytes, modules } = report;
  return [
    { name: 'Format', value: formatInWords(report) },
    { name: 'Precision', value: dtypesInWords(report) },
    { name: 'Parameters', value: parametersInWords(parameterCount) },
    { name: 'Size', value: formatBytes(fileSizeBytes) },
    {
      name: 'Layers',
      value: `${formatCount(map.layers.length)}, with ${formatCount(modules)} modules and ${formatCount(tensors)} tensors`,
    },
  ];
}

/** So many are seen at once. */
const mostShown = 6;

function Training({ training }: { training: AdapterReport['training'] }) {
  const facts = training.map(({ key, value }) => ({ name: key, value: <bdi>{value}</bdi> }));
  return (
    <section className="specialization-section adapter-training" aria-label="Training">
      <h3 className="specialization-section__title">What it says of its training</h3>
      <Facts facts={facts.slice(0, mostShown)} />
      {facts.length > mostShown && (
        <details className="adapter-training__more">
          <summary>{formatCount(facts.length - mostShown)} more</summary>
          <Facts facts={facts.slice(mostShown)} />
        </details>
      )}
    </section>
  );
}
