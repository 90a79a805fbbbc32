import { ChartScatter, Link2, Plus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Coverage, CoverageCluster } from '../../../shared/schemas/specialization-search.ts';
import { coalesced } from '../../api/coalesced.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { useSummary } from '../../api/summaries.ts';
import { Actions } from '../../components/actions.tsx';
import { Button } from '../../components/button.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { useIsLasting } from '../../components/use-is-lasting.ts';
import { addressOf } from '../../navigation/place.ts';
import { formatCount, formatShare, memoriesInWords } from '../../text/quantities.ts';
import './coverage-page.css';
import { link, memoryName } from './specialization-deeds.ts';
import { askForSpecialization, makeAndLink } from './specialization-picker.tsx';

/** Looking at all that is not linked takes a moment: not with each letter somebody writes. */
const pauseMs = 2000;
const slowAfterMs = 200;

/** Memories that belong to no specialization, by what they are about. */
export function CoveragePage() {
  const [found, setFound] = useState<Coverage>();
  const [failure, setFailure] = useState<string>();
  const read = useCallback(async () => {
    try {
      setFound(await loci.specializations.coverage());
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }, []);
  useEffect(() => {
    const soon = coalesced(read, pauseMs);
    soon();
    return listen('library:changed', ({ changes }) => {
      if (changes.some(({ entity }) => entity === 'memory' || entity === 'specialization')) soon();
    });
  }, [read]);
  const isSlow = useIsLasting(found === undefined && failure === undefined, slowAfterMs);

  return (
    <Page title="Coverage">
      <div className="coverage">
        <p className="coverage__intro">
          Memories that no specialization knows, put together by what they are about.
        </p>
        {failure !== undefined && (
          <Notice tone="danger" title="The memories could not be looked through">
            <p>{failure}</p>
            <Actions actions={[{ label: 'Try again', run: read }]} />
          </Notice>
        )}
        {isSlow && <p className="coverage__words">Looking through your memories…</p>}
        {found && <Found found={found} />}
      </div>
    </Page>
  );
}

function Found({ found }: { found: Coverage }) {
  const { memories, linked, waiting, looked, clusters, loose } = found;
  const open = memories - linked;
  if (memories === 0 || open === 0)
    return (
      <div className="coverage__none">
        <ChartScatter size={28} strokeWidth={1.25} aria-hidden="true" />
        <h2>{memories === 0 ? 'There are no memories yet' : 'Everything is covered'}</h2>
        <p>
          {memories === 0
            ? 'What you write down shows up here until a specialization has it.'
            : 'Each of your memories belongs to a specialization.'}
        </p>
      </div>
    );
  return (
    <>
      <div className="coverage__share">
        <div className="coverage__bar" aria-hidden="true">
          <span style={{ width: `${(linked / memories) * 100}%` }} />
        </div>
        <p className="coverage__words">
          {linked === 0
            ? `None of ${memoriesInWords(memories)} belongs to a specialization.`
            : `${formatCount(linked)} of ${memoriesInWords(memories)} (${formatShare(linked / memories)}) ${linked === 1 ? 'belongs' : 'belong'} to a specialization.`}
          {looked < open - waiting && ` Of the others, the latest ${formatCount(looked)} were looked at.`}
          {waiting > 0 && ` ${formatCount(waiting)} are still being read.`}
        </p>
      </div>
      {clusters.length === 0 && (
        <p className="coverage__words">What is left is about too many different things to be put together.</p>
      )}
      <ul className="coverage__clusters" aria-label="What is not covered">
        {clusters.map((cluster) => (
          <Cluster key={cluster.memoryIds[0] ?? cluster.words.join()} cluster={cluster} />
        ))}
      </ul>
      {loose > 0 && clusters.length > 0 && (
        <p className="coverage__words">And {memoriesInWords(loose)} that are like no others.</p>
      )}
    </>
  );
}

const mostShown = 3;
const shownMore = 30;

function Cluster({ cluster: { size, words, memoryIds, near } }: { cluster: CoverageCluster }) {
  const [isOpen, setOpen] = useState(false);
  const title = words.length > 0 ? words.slice(0, 4).join(', ') : 'Much alike, without a common word';
  const shown = memoryIds.slice(0, isOpen ? shownMore : mostShown);

  function make(): void {
    showDialog((close) => (
      <NameDialog
        title={`A specialization for ${memoriesInWords(size)}`}
        label="Name"
        value={capital(words[0] ?? '')}
        deed="Make it"
        save={(name) => makeAndLink(name, memoryIds, words.slice(0, 5).join(', '))}
        onClose={close}
      />
    ));
  }

  return (
    <li className="cluster">
      <div className="cluster__head">
        <h2 className="cluster__words" dir="auto">
          {title}
        </h2>
        <span className="cluster__size">{memoriesInWords(size)}</span>
      </div>
      {near && (
        <p className="cluster__near">
          Near to <bdi>“{near.name}”</bdi>
        </p>
      )}
      <ul className="cluster__memories" aria-label={`Memories about ${title}`}>
        {shown.map((id) => (
          <ClusterMemory key={id} id={id} />
        ))}
      </ul>
      {memoryIds.length > mostShown && (
        <div>
          <button
            type="button"
            className="text-button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Show fewer' : `Show ${formatCount(Math.min(shownMore, memoryIds.length))}`}
          </button>
        </div>
      )}
      <div className="cluster__deeds">
        {near && (
          <Button icon={Link2} onClick={() => void link(near, memoryIds, 'training')}>
            <span>
              Link to <bdi>“{near.name}”</bdi>
            </span>
          </Button>
        )}
        <Button icon={Plus} onClick={make}>
          Make a specialization…
        </Button>
        {!near && (
          <Button tone="quiet" onClick={() => askForSpecialization(memoryIds)}>
            Link to one there is…
          </Button>
        )}
      </div>
    </li>
  );
}

function ClusterMemory({ id }: { id: string }) {
  const summary = useSummary(id);
  return (
    <li>
      <a
        className="linked__name"
        href={addressOf({ view: { kind: 'memories' }, open: id })}
        draggable={false}
      >
        <bdi>{summary ? memoryName(summary) : '…'}</bdi>
      </a>
    </li>
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
