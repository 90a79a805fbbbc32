import { useEffect } from 'react';
import type { SystemReport } from '../../../shared/schemas/system-report.ts';
import { refreshEmbeddingProgress, useEmbeddingProgress } from '../../api/embedding-progress.ts';
import { Facts } from '../../components/facts.tsx';
import { addressOfView } from '../../navigation/place.ts';
import { formatCount, formatDuration, formatMoment } from '../../text/quantities.ts';
import { Uptime } from './uptime.tsx';
import { useTexts } from '../../text/use-texts.ts';

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
  const texts = useTexts();
  const server = report?.server;
  return (
    <Facts
      facts={[
        {
          name: texts.status.runningFor,
          value: server && (
            <span title={texts.status.since(formatMoment(server.startedAt))}>
              <Uptime since={server.startedAt} />
            </span>
          ),
        },
        { name: texts.status.connections, value: server && formatCount(server.connections) },
        {
          name: texts.status.reachedBy,
          value:
            server && (server.reachedBy === 'address' ? server.address : texts.status.ways[server.reachedBy]),
          placeholder: 'long',
        },
      ]}
    />
  );
}

/** In the same words as in the settings, where more can be done about it. */
export function MeaningFacts() {
  const texts = useTexts();
  const progress = useEmbeddingProgress();
  useEffect(refreshEmbeddingProgress, []);
  const count = (memories: number | undefined) =>
    memories === undefined ? undefined : formatCount(memories);
  return (
    <>
      <Facts
        facts={[
          { name: texts.status.memoriesReady, value: count(progress?.ready) },
          {
            name: texts.status.waiting,
            value:
              progress &&
              (progress.state === 'paused'
                ? texts.status.waitingPaused(formatCount(progress.pending))
                : formatCount(progress.pending)),
          },
          {
            name: texts.status.failed,
            value:
              progress &&
              (progress.failed > 0 && progress.problem !== undefined
                ? texts.status.failedWhy(formatCount(progress.failed), progress.problem)
                : formatCount(progress.failed)),
          },
        ]}
      />
      <p className="status__more">
        <a href={addressOfView({ kind: 'settings' })}>{texts.status.changeModel}</a>
      </p>
    </>
  );
}

export function ModelFacts({ report, ready }: OfReport & { readonly ready: boolean }) {
  const texts = useTexts();
  const model = report?.model ?? undefined;
  return (
    <Facts
      facts={[
        { name: texts.status.state, value: ready ? texts.status.ready : texts.status.gettingReady },
        { name: texts.status.model, value: model?.name, placeholder: 'long' },
        { name: texts.status.revision, value: model && <code>{model.revision}</code>, placeholder: 'long' },
        { name: texts.status.dimensions, value: model && formatCount(model.dimension) },
        { name: texts.status.loadedIn, value: model && formatDuration(model.loadMs) },
      ]}
    />
  );
}
