import { CirclePlay, CircleStop, Pencil, Trash2 } from 'lucide-react';
import { textsNow } from '../../../shared/texts/index.ts';
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
  const texts = textsNow();
  const { endedAt } = session;
  return [
    [
      { key: 'rename', label: texts.sessions.menu.rename, icon: Pencil, run: () => renameSession(session) },
      endedAt === null
        ? {
            key: 'end',
            label: texts.sessions.menu.end,
            icon: CircleStop,
            run: () => void endSession(session),
          }
        : {
            key: 'reopen',
            label: texts.sessions.menu.continue,
            icon: CirclePlay,
            run: () => void reopenSession(session),
          },
    ],
    [
      {
        key: 'delete',
        label: texts.sessions.menu.delete,
        icon: Trash2,
        run: () => void deleteSession(session),
      },
    ],
  ];
}

export function startSession(): void {
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.sessions.start.title}
      label={texts.sessions.start.label}
      placeholder={texts.sessions.start.placeholder}
      deed={texts.sessions.start.deed}
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
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.sessions.rename.title}
      label={texts.sessions.start.label}
      value={title}
      deed={texts.sessions.rename.deed}
      save={(wish) => loci.sessions.rename({ id, title: wish })}
      onClose={onClose}
    />
  ));
}

export async function endSession({ id, title }: Session): Promise<void> {
  const ended = await attempt(() => loci.sessions.end({ id }));
  if (!ended) return;
  tell({
    words: (texts) => texts.sessions.said.ended(title),
    action: {
      label: (texts) => texts.sessions.said.continueIt,
      run: () => void attempt(() => loci.sessions.reopen({ id })),
    },
  });
}

export async function reopenSession({ id, title }: Session): Promise<void> {
  if (await attempt(() => loci.sessions.reopen({ id })))
    tell({ words: (texts) => texts.sessions.said.goesOn(title) });
}

async function deleteSession({ id, title }: Session): Promise<void> {
  const done = await attempt(() => loci.sessions.delete({ id }));
  if (!done) return;
  leave(id);
  offerUndo((texts) => texts.sessions.said.deleted(title), [done.undoId]);
}
