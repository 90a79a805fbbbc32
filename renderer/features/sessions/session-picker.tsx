import { CalendarClock, Check, CircleSlash, Plus } from 'lucide-react';
import { useState } from 'react';
import { textsNow } from '../../../shared/texts/index.ts';
import type { CountedSession } from '../../../shared/schemas/session.ts';
import { loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { knownSummary } from '../../api/summaries.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { Picker, type Choice } from '../../components/picker.tsx';
import { formatDay } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { moveToSession } from '../browse/memory-deeds.ts';
import { attempt } from '../undo/undo.ts';

/** As many as main answers with in one go. */
const pageSize = 200;
/** Of so many, it is known which session all of them are in. */
const mostKnown = 200;

export async function askForSession(ids: readonly string[]): Promise<void> {
  // All are there before one can type: what comes in later would move what is about to be chosen.
  const sessions = await attempt(readSessions);
  if (!sessions) return;
  showDialog((onClose) => <SessionPicker ids={ids} sessions={sessions} onClose={onClose} />);
}

interface SessionPickerProps {
  /** The memories it is about. */
  readonly ids: readonly string[];
  readonly sessions: readonly CountedSession[];
  readonly onClose: () => void;
}

/** Moves memories to any session there is, to a new one, or out of theirs. */
function SessionPicker({ ids, sessions, onClose }: SessionPickerProps) {
  const texts = useTexts();
  const currentId = useOverview()?.currentSessionId;
  const [typed, setTyped] = useState('');
  const common = useState(() => sessionOfAll(ids))[0];
  const title = typed.trim();
  const choices = sessions
    .toSorted((a, b) => Number(b.id === currentId) - Number(a.id === currentId))
    .map((session): Choice => ({
      key: session.id,
      name: session.title,
      sign: <CalendarClock size={14} strokeWidth={1.75} aria-hidden="true" />,
      aside: (
        <Aside session={session} isCommon={session.id === common} isCurrent={session.id === currentId} />
      ),
      run: () => void moveToSession(ids, session),
    }));
  if (common !== null) choices.push(noSession(ids));
  const isNew = !sessions.some((each) => each.title.toLowerCase() === title.toLowerCase());
  if (title === '' || isNew) choices.push(newSession(ids, title));

  return (
    <Picker
      title={texts.sessions.picker.title(ids.length)}
      label={texts.sessions.picker.label}
      listLabel={texts.sessions.title}
      placeholder={texts.sessions.picker.placeholder}
      choices={choices}
      typed={typed}
      onType={setTyped}
      none={texts.sessions.picker.none}
      onClose={onClose}
    />
  );
}

interface AsideProps {
  readonly session: CountedSession;
  readonly isCommon: boolean;
  readonly isCurrent: boolean;
}

function Aside({ session, isCommon, isCurrent }: AsideProps) {
  const texts = useTexts();
  if (!isCommon && !isCurrent) return <span className="picker__count">{formatDay(session.startedAt)}</span>;
  return (
    <span className="picker__on">
      <Check size={14} strokeWidth={2} aria-hidden="true" />{' '}
      {isCommon ? texts.sessions.picker.hereNow : texts.sessions.current}
    </span>
  );
}

const noSession = (ids: readonly string[]): Choice => ({
  key: 'none',
  name: textsNow().sessions.picker.noSession,
  sign: <CircleSlash size={14} strokeWidth={1.75} aria-hidden="true" />,
  run: () => void moveToSession(ids, null),
});

const newSession = (ids: readonly string[], title: string): Choice => ({
  key: 'new',
  name: title,
  words: title === '' ? textsNow().sessions.picker.newSession : textsNow().sessions.picker.start(title),
  sign: <Plus size={14} strokeWidth={2} aria-hidden="true" />,
  run: () => (title === '' ? askForNew(ids) : void attempt(() => startWith(ids, title))),
});

function askForNew(ids: readonly string[]): void {
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.sessions.start.title}
      label={texts.sessions.start.label}
      placeholder={texts.sessions.start.placeholder}
      deed={texts.sessions.start.deed}
      mayBeEmpty
      save={(title) => startWith(ids, title)}
      onClose={onClose}
    />
  ));
}

async function startWith(ids: readonly string[], title: string): Promise<void> {
  await moveToSession(ids, await loci.sessions.start(title === '' ? {} : { title }));
}

async function readSessions(): Promise<readonly CountedSession[]> {
  let page = await loci.sessions.list({ limit: pageSize });
  let { sessions } = page;
  while (page.nextCursor) {
    page = await loci.sessions.list({ limit: pageSize, cursor: page.nextCursor });
    sessions = [...sessions, ...page.sessions];
  }
  return sessions;
}

/** Null when none of them is in one, undefined when they are not all in the same. */
function sessionOfAll(ids: readonly string[]): string | null | undefined {
  if (ids.length > mostKnown) return undefined;
  const [first, ...others] = ids.map((id) => knownSummary(id)?.sessionId);
  return others.every((each) => each === first) ? first : undefined;
}
