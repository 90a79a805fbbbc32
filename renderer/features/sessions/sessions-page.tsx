import { CirclePlay, CircleStop, Ellipsis, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CountedSession, SessionPage } from '../../../shared/schemas/session.ts';
import { coalesced } from '../../api/coalesced.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { Button } from '../../components/button.tsx';
import { ContextMenu } from '../../components/context-menu.tsx';
import { Menu } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { amongLinks } from '../../navigation/among-links.ts';
import { addressOfView } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { SessionFacts } from './session-facts.tsx';
import { endSession, reopenSession, sessionMenu, startSession } from './session-menu.tsx';
import './sessions-page.css';

const moveAmongSessions = amongLinks('.sessions-page__link');
const pageSize = 100;
const pauseMs = 250;

/** Every stretch of work, the newest first. */
export function SessionsPage() {
  const texts = useTexts();
  const currentId = useOverview()?.currentSessionId;
  const { sessions, more, failure } = useSessions();
  return (
    <Page title={texts.sessions.title}>
      <div className="sessions-page">
        <p className="sessions-page__intro">{texts.sessions.intro}</p>
        <div>
          <Button icon={Plus} onClick={startSession}>
            {texts.sessions.start.title}
          </Button>
        </div>
        {failure !== undefined && (
          <Notice tone="danger" title={texts.sessions.unreadable}>
            <p>{failure}</p>
          </Notice>
        )}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The links in it are what is acted on; keys are a short cut. */}
        <ul className="sessions-page__list" aria-label={texts.sessions.title} onKeyDown={moveAmongSessions}>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} isCurrent={session.id === currentId} />
          ))}
        </ul>
        {more && (
          <div>
            <Button onClick={more}>{texts.sessions.earlier}</Button>
          </div>
        )}
      </div>
    </Page>
  );
}

function SessionRow({ session, isCurrent }: { session: CountedSession; isCurrent: boolean }) {
  const texts = useTexts();
  const isOver = session.endedAt !== null;
  return (
    <ContextMenu label={session.title} groups={() => sessionMenu(session)}>
      <li className="sessions-page__session">
        <a
          className="sessions-page__link"
          href={addressOfView({ kind: 'session', id: session.id })}
          draggable={false}
        >
          <span className="sessions-page__name">
            <bdi>{session.title}</bdi>
            {isCurrent && <span className="sessions-page__current">{texts.sessions.current}</span>}
          </span>
          <span className="sessions-page__facts">
            <SessionFacts session={session} />
          </span>
        </a>
        <Button
          tone="quiet"
          icon={isOver ? CirclePlay : CircleStop}
          onClick={() => void (isOver ? reopenSession(session) : endSession(session))}
        >
          {isOver ? texts.sessions.continue : texts.sessions.end}
        </Button>
        <Menu
          label={texts.sessions.actionsFor(session.title)}
          className="icon-button"
          align="end"
          groups={sessionMenu(session)}
        >
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      </li>
    </ContextMenu>
  );
}

/** As many pages as were asked for, read again when something changes. */
function useSessions() {
  const [pages, setPages] = useState(1);
  const [sessions, setSessions] = useState<readonly CountedSession[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isGone = false;
    const read = coalesced(async () => {
      try {
        const found = await readPages(pages);
        if (isGone) return;
        setSessions(found.sessions);
        setHasMore(found.nextCursor !== null);
        setFailure(undefined);
      } catch (error) {
        if (!isGone) setFailure(reasonOf(error));
      }
    }, pauseMs);
    read();
    const stop = listen('library:changed', read);
    return () => {
      isGone = true;
      stop();
    };
  }, [pages]);
  return { sessions, failure, more: hasMore ? () => setPages(pages + 1) : undefined };
}

async function readPages(pages: number): Promise<SessionPage> {
  let page = await loci.sessions.list({ limit: pageSize });
  for (let read = 1; read < pages && page.nextCursor; read++) {
    const next = await loci.sessions.list({ limit: pageSize, cursor: page.nextCursor });
    page = { sessions: [...page.sessions, ...next.sessions], nextCursor: next.nextCursor };
  }
  return page;
}
