import { textsNow } from '../../../shared/texts/index.ts';
import { Bookmark, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import type { MemoryRole, Specialization } from '../../../shared/schemas/specialization.ts';
import { LociFailure } from '../../api/client.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { askerOf } from '../../api/asker.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { Button } from '../../components/button.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { useNow } from '../../components/use-now.ts';
import { nameOfDay } from '../../text/days.ts';
import { useTexts } from '../../text/use-texts.ts';
import { timeZone } from '../../text/formats.ts';
import './link-dialog.css';
import { link, memoryName, sayLinked } from './specialization-deeds.ts';

export function showLinkDialog(specialization: Specialization): void {
  showDialog((close) => (
    <Dialog title={textsNow().specializations.linking.title(specialization.name)} onClose={close}>
      {(shut) => <LinkForm specialization={specialization} onClose={shut} />}
    </Dialog>
  ));
}

const mostShown = 50;
/** Of a text, main looks no further. */
const mostHits = 200;
const asker = askerOf('link');

interface Found {
  readonly text: string;
  readonly memories: readonly MemorySummary[];
  readonly total: number;
  /** Nothing but filters: then there is no limit worth naming. */
  readonly isOfFilters: boolean;
}

/** Found by search or by a saved search, and chosen one by one, or all that is found. */
function LinkForm({ specialization, onClose }: { specialization: Specialization; onClose: () => void }) {
  const saved = useOverview()?.savedSearches ?? [];
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [role, setRole] = useState<MemoryRole>('training');
  const [isBusy, setBusy] = useState(false);
  const texts = useTexts();
  const now = useNow();
  const wanted = text.trim();

  useEffect(() => {
    let isGone = false;
    find(wanted).then(
      (result) => {
        if (isGone) return;
        setFound(result);
        setFailure(undefined);
      },
      (error: unknown) => {
        const isGivenUp = error instanceof LociFailure && error.code === 'cancelled';
        if (!isGone && !isGivenUp) setFailure(reasonOf(error));
      },
    );
    return () => {
      isGone = true;
    };
  }, [wanted]);

  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }

  async function perform(deed: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      await deed();
      onClose();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  const linkChosen = () => perform(() => link(specialization, [...chosen], role));
  const linkAll = () =>
    perform(async () => {
      const { id, name } = specialization;
      const outcome = await loci.specializations.linkFound({ id, text: wanted, timeZone: timeZone(), role });
      sayLinked(outcome, name, role);
      if (outcome.isCut) tell({ words: () => textsNow().specializations.link.wasCut(outcome.found) });
    });

  const canLinkAll = found !== undefined && found.text === wanted && wanted !== '' && found.total > 0;
  return (
    <form
      className="link-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.size > 0) void linkChosen();
      }}
    >
      <label className="link-dialog__find">
        <Search size={16} strokeWidth={1.75} aria-hidden="true" />
        <input
          type="text"
          aria-label={texts.specializations.linking.search}
          placeholder={texts.specializations.linking.placeholder}
          dir="auto"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {saved.length > 0 && (
        <div className="link-dialog__saved" role="group" aria-label={texts.specializations.linking.saved}>
          {saved.slice(0, 6).map(({ id, name, query }) => (
            <Button
              key={id}
              tone="quiet"
              icon={Bookmark}
              aria-pressed={text === query}
              onClick={() => setText(query)}
            >
              <bdi>{name}</bdi>
            </Button>
          ))}
        </div>
      )}
      <ul
        className="link-dialog__list"
        aria-label={
          wanted === '' ? texts.specializations.linking.latest : texts.specializations.linking.found
        }
      >
        {found?.memories.map((memory) => (
          <li key={memory.id}>
            <label className="link-dialog__memory">
              <input type="checkbox" checked={chosen.has(memory.id)} onChange={() => toggle(memory.id)} />
              <bdi className="link-dialog__name">{memoryName(memory)}</bdi>
              <span className="link-dialog__when">{nameOfDay(memory.occurredAt, now)}</span>
            </label>
          </li>
        ))}
        {found?.memories.length === 0 && (
          <li className="link-dialog__none">{texts.specializations.linking.none}</li>
        )}
      </ul>
      {failure !== undefined && (
        <p className="dialog__failure" role="alert">
          {failure}
        </p>
      )}
      <SelectField
        label={texts.specializations.linking.they}
        value={role}
        options={[
          { value: 'training', label: texts.specializations.roles.training },
          { value: 'reference', label: texts.specializations.roles.reference },
        ]}
        onChange={(value) => setRole(value === 'reference' ? 'reference' : 'training')}
      />
      <div className="dialog__actions">
        <Button type="submit" tone="primary" aria-disabled={chosen.size === 0 || isBusy}>
          {chosen.size === 0
            ? texts.specializations.linking.link
            : texts.specializations.linking.linkSome(chosen.size)}
        </Button>
        {canLinkAll && (
          <Button aria-disabled={isBusy} onClick={() => void linkAll()}>
            {found.total >= mostHits
              ? found.isOfFilters
                ? texts.specializations.link.everything
                : texts.specializations.link.best(mostHits)
              : texts.specializations.link.all(found.total)}
          </Button>
        )}
        <Button onClick={onClose}>{texts.specializations.linking.cancel}</Button>
      </div>
    </form>
  );
}

async function find(text: string): Promise<Found> {
  if (text === '') {
    const { memories } = await loci.memories.list({ limit: mostShown });
    return { text, memories, total: memories.length, isOfFilters: true };
  }
  const { hits, found, relevant } = await loci.search.query({
    text,
    limit: mostShown,
    timeZone: timeZone(),
    asker,
  });
  const isOfFilters = hits.every(({ score }) => score === 0);
  // What is not about it is shown, and not linked.
  const total = isOfFilters ? found : relevant;
  return { text, memories: hits.map(({ memory }) => memory), total, isOfFilters };
}
