import { useEffect } from 'react';
import type { SystemReport } from '../../../shared/schemas/system-report.ts';
import { refreshEmbeddingProgress, useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { Facts } from '../../components/facts.tsx';
import { addressOfView } from '../../navigation/place.ts';
import { formatCount, formatDuration, formatMoment } from '../../text/quantities.ts';
import { Uptime } from './uptime.tsx';

interface OfReport {
  /** Undefined until it was measured for the first time. */
  readonly report: SystemReport | undefined;
}

export function VersionFacts({ report }: OfReport) {
  const versions = report?.versions;
  return (
    <Facts
      facts={[
        { name: 'Loci', value: versions?.app },
        { name: 'Electron', value: versions?.electron },
        { name: 'Chromium', value: versions?.chrome },
        { name: 'Node.js', value: versions?.node },
        { name: 'PostgreSQL', value: versions?.postgres },
        { name: 'pgvector', value: versions?.pgvector },
      ]}
    />
  );
}

export function DatabaseFacts({ report }: OfReport) {
  const server = report?.server;
  return (
    <Facts
      facts={[
        {
          name: 'Running for',
          value: server && (
            <span title={`Since ${formatMoment(server.startedAt)}`}>
              <Uptime since={server.startedAt} />
            </span>
          ),
        },
        { name: 'Connections', value: server && formatCount(server.connections) },
        { name: 'Reached by', value: server?.where, placeholder: 'long' },
      ]}
    />
  );
}

/** In the same words as in the settings, where more can be done about it. */
export function MeaningFacts() {
  const progress = useEmbeddingProgress();
  useEffect(refreshEmbeddingProgress, []);
  const count = (memories: number | undefined) =>
    memories === undefined ? undefined : formatCount(memories);
  return (
    <>
      <Facts
        facts={[
          { name: 'Memories ready', value: count(progress?.ready) },
          {
            name: 'Waiting',
            value:
              progress && `${formatCount(progress.pending)}${progress.state === 'paused' ? ', paused' : ''}`,
          },
          {
            name: 'Failed',
            value:
              progress &&
              (progress.failed > 0 && progress.problem !== undefined
                ? `${formatCount(progress.failed)}. ${progress.problem}`
                : formatCount(progress.failed)),
          },
        ]}
      />
      <p className="status__more">
        <a href={addressOfView({ kind: 'settings' })}>Change the model in Settings</a>
      </p>
    </>
  );
}

export function ModelFacts({ report, ready }: OfReport & { readonly ready: boolean }) {
  const model = report?.model ?? undefined;
  return (
    <Facts
      facts={[
        { name: 'State', value: ready ? 'Ready' : 'Getting ready' },
        { name: 'Model', value: model?.name, placeholder: 'long' },
        { name: 'Revision', value: model && <code>{model.revision}</code>, placeholder: 'long' },
        { name: 'Dimensions', value: model && formatCount(model.dimension) },
        { name: 'Loaded in', value: model && formatDuration(model.loadMs) },
      ]}
    />
  );
}
