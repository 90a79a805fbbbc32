import { useTexts } from '../../text/use-texts.ts';
import { parts } from '../../text/parts.ts';
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
import { formatShare, memoriesInWords } from '../../text/quantities.ts';
import './coverage-page.css';
import { link, memoryName } from './specialization-deeds.ts';
import { askForSpecialization, makeAndLink } from './specialization-picker.tsx';

/** Looking at all that is not linked takes a moment: not with each letter somebody writes. */
const pauseMs = 2000;
const slowAfterMs = 200;

/** Memories that belong to no specialization, by what they are about. */
export function CoveragePage() {
  const texts = useTexts();
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
    <Page title={texts.specializations.coverage.title}>
      <div className="coverage">
        <p className="coverage__intro">{texts.specializations.coverage.intro}</p>
        {failure !== undefined && (
          <Notice tone="danger" title={texts.specializations.coverage.unreadable}>
            <p>{failure}</p>
            <Actions actions={[{ label: texts.specializations.coverage.tryAgain, run: read }]} />
          </Notice>
        )}
        {isSlow && <p className="coverage__words">{texts.specializations.coverage.looking}</p>}
        {found && <Found found={found} />}
      </div>
    </Page>
  );
}

function Found({ found }: { found: Coverage }) {
  const texts = useTexts();
  const { memories, linked, waiting, looked, clusters, loose } = found;
  const open = memories - linked;
  if (memories === 0 || open === 0)
    return (
      <div className="coverage__none">
        <ChartScatter size={28} strokeWidth={1.25} aria-hidden="true" />
        <h2>
          {memories === 0
            ? texts.specializations.coverage.noMemories
            : texts.specializations.coverage.allCovered}
        </h2>
        <p>
          {memories === 0
            ? texts.specializations.coverage.noMemoriesText
            : texts.specializations.coverage.allCoveredText}
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
            ? texts.specializations.coverage.noneLinked(memories)
            : texts.specializations.coverage.linked(linked, memories, formatShare(linked / memories))}
          {looked < open - waiting && ` ${texts.specializations.coverage.lookedAt(looked)}`}
          {waiting > 0 && ` ${texts.specializations.coverage.waiting(waiting)}`}
        </p>
      </div>
      {clusters.length === 0 && (
        <p className="coverage__words">{texts.specializations.coverage.tooDifferent}</p>
      )}
      <ul className="coverage__clusters" aria-label={texts.specializations.coverage.list}>
        {clusters.map((cluster) => (
          <Cluster key={cluster.memoryIds[0] ?? cluster.words.join()} cluster={cluster} />
        ))}
      </ul>
      {loose > 0 && clusters.length > 0 && (
        <p className="coverage__words">{texts.specializations.coverage.loose(loose)}</p>
      )}
    </>
  );
}

const mostShown = 3;
const shownMore = 30;

function Cluster({ cluster: { size, words, memoryIds, near } }: { cluster: CoverageCluster }) {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const title = words.length > 0 ? words.slice(0, 4).join(', ') : texts.specializations.coverage.wordless;
  const shown = memoryIds.slice(0, isOpen ? shownMore : mostShown);

  function make(): void {
    showDialog((close) => (
      <NameDialog
        title={texts.specializations.coverage.makeFor(size)}
        label={texts.specializations.coverage.name}
        value={capital(words[0] ?? '')}
        deed={texts.specializations.coverage.deed}
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
          {parts(
            texts.specializations.coverage.nearTo(
              <bdi key="near">{texts.specializations.coverage.quoted(near.name)}</bdi>,
            ),
          )}
        </p>
      )}
      <ul className="cluster__memories" aria-label={texts.specializations.coverage.about(title)}>
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
            {isOpen
              ? texts.specializations.coverage.fewer
              : texts.specializations.coverage.show(Math.min(shownMore, memoryIds.length))}
          </button>
        </div>
      )}
      <div className="cluster__deeds">
        {near && (
          <Button icon={Link2} onClick={() => void link(near, memoryIds, 'training')}>
            <span>
              {parts(
                texts.specializations.coverage.linkTo(
                  <bdi key="near">{texts.specializations.coverage.quoted(near.name)}</bdi>,
                ),
              )}
            </span>
          </Button>
        )}
        <Button icon={Plus} onClick={make}>
          {texts.specializations.coverage.make}
        </Button>
        {!near && (
          <Button tone="quiet" onClick={() => askForSpecialization(memoryIds)}>
            {texts.specializations.coverage.linkToOne}
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
