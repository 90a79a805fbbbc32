import { CirclePlay, CircleStop, Pencil, Trash2 } from 'lucide-react';
import type { Session } from '../../../shared/schemas/session.ts';
import { loci } from '../../api/loci.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { go, leave } from '../../navigation/history.ts';
import { attempt, offerUndo } from '../undo/undo.ts';

/** What can be done with a session. */
export function sessionMenu(session: Session): MenuGroups {
  const { endedAt } = session;
  return [
    [
      { key: 'rename', label: 'Rename…', icon: Pencil, run: () => renameSession(session) },
      endedAt === null
        ? { key: 'end', label: 'End session', icon: CircleStop, run: () => void endSession(session) }
        : {
            key: 'reopen',
            label: 'Continue session',
            icon: CirclePlay,
            run: () => void reopenSession(session),
          },
    ],
    [{ key: 'delete', label: 'Delete session', icon: Trash2, run: () => void deleteSession(session) }],
  ];
}

export function startSession(): void {
  showDialog((onClose) => (
    <NameDialog
      title="Start a session"
      label="What it is about"
      placeholder="Named after today, if left empty"
      deed="Start session"
      mayBeEmpty
      save={async (title) => {
        const { id } = await loci.sessions.start(title === '' ? {} : { title });
        go({ view: { kind: 'session', id } });
      }}
      onClose={onClose}
    />
  ));
}

function renameSession({ id, title }: Session): void {
  showDialog((onClose) => (
    <NameDialog
      title="Rename the session"
      label="What it is about"
      value={title}
      deed="Rename"
      save={(wish) => loci.sessions.rename({ id, title: wish })}
      onClose={onClose}
    />
  ));
}

export async function endSession({ id, title }: Session): Promise<void> {
  const ended = await attempt(() => loci.sessions.end({ id }));
  if (!ended) return;
  tell({
    words: `Ended the session “${title}”`,
    action: { label: 'Continue it', run: () => void attempt(() => loci.sessions.reopen({ id })) },
  });
}

export async function reopenSession({ id, title }: Session): Promise<void> {
  if (await attempt(() => loci.sessions.reopen({ id }))) tell({ words: `The session “${title}” goes on` });
}

async function deleteSession({ id, title }: Session): Promise<void> {
  const done = await attempt(() => loci.sessions.delete({ id }));
  if (!done) return;
  leave(id);
  offerUndo(`Deleted the session “${title}”; its memories stay`, [done.undoId]);
}
