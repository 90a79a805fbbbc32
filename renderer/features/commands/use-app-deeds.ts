import { textSizes, type Settings, type TextSize } from '../../../shared/schemas/settings.ts';
import { loci } from '../../api/loci.ts';
import { useCurrentSession } from '../../api/overview.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { useDeeds } from '../../commands/deeds.ts';
import { go, goBack, goForward } from '../../navigation/history.ts';
import { goToPane } from '../../navigation/panes.ts';
import type { PlainView } from '../../navigation/place.ts';
import { isTyping } from '../../navigation/typing.ts';
import { openJobs } from '../jobs/jobs-shown.ts';
import { density, order, timeline } from '../browse/list-settings.ts';
import { openComposer } from '../capture/composing.ts';
import { openTour } from '../first-steps/tour-shown.ts';
import { copyDiagnostics } from '../help/diagnostics.ts';
import { goSearching } from '../search/search-focus.ts';
import { endSession, startSession } from '../sessions/session-menu.tsx';
import { goToSettings } from '../settings/settings-parts.ts';
import { attempt, undoLatest } from '../undo/undo.ts';
import { openPalette } from './palette-shown.ts';
import { showShortcuts } from './shortcuts-dialog.tsx';

/** What can be done wherever one is. */
export function useAppDeeds(): void {
  const session = useCurrentSession();
  const { 'appearance.textSize': size } = useSettings();
  const to = (kind: PlainView) => () => go({ view: { kind } });
  const theme = (chosen: Settings['appearance.theme']) => () =>
    void attempt(() => changeSettings({ 'appearance.theme': chosen }));
  const zoom = (wanted: TextSize) => () =>
    void attempt(() => changeSettings({ 'appearance.textSize': wanted }));
  useDeeds('anywhere', {
    'memory.new': openComposer,
    'capture.open': () => void attempt(() => loci.capture.open()),
    'edit.undo': undo,
    'session.start': startSession,
    'session.end': session && (() => void endSession(session)),
    'search.go': goSearching,
    'reading.pause': () => void attempt(pauseOrResumeReading),

    'go.memories': to('memories'),
    'go.pinned': to('pinned'),
    'go.untagged': to('untagged'),
    'go.sessions': to('sessions'),
    'go.tags': to('tags'),
    'go.duplicates': to('duplicates'),
    'go.specializations': to('specializations'),
    'go.trash': to('trash'),
    'go.activity': to('activity'),
    'go.status': to('status'),
    'go.people': to('people'),
    'go.back': goBack,
    'go.forward': goForward,
    'go.nextPane': () => goToPane(1),
    'go.previousPane': () => goToPane(-1),

    'app.commands': openPalette,
    'app.jobs': openJobs,
    'view.systemTheme': theme('system'),
    'view.lightTheme': theme('light'),
    'view.darkTheme': theme('dark'),
    'view.comfortable': () => density.choose('comfortable'),
    'view.compact': () => density.choose('compact'),
    'view.newest': () => order.choose('newest'),
    'view.oldest': () => order.choose('oldest'),
    'view.timeline': () => timeline.choose(timeline.current() === 'shown' ? 'hidden' : 'shown'),
    'view.larger': zoom(nextSize(size, 1)),
    'view.smaller': zoom(nextSize(size, -1)),
    'view.usualSize': zoom(100),
    'view.fullScreen': () => void attempt(() => loci.app.act({ deed: 'fullScreen' })),

    'help.open': to('help'),
    'help.shortcuts': showShortcuts,
    'help.tour': openTour,
    'help.diagnostics': () => void copyDiagnostics(),
    'help.libraryFolder': () => void attempt(() => loci.app.openLibraryFolder()),
    'help.logs': () => void attempt(() => loci.app.openLogs()),

    'app.settings': () => goToSettings(),
    'app.newWindow': () => void attempt(() => loci.app.act({ deed: 'newWindow' })),
    'app.quit': () => void attempt(() => loci.app.act({ deed: 'quit' })),
  });
}

const nextSize = (size: TextSize, step: 1 | -1): TextSize =>
  textSizes[textSizes.indexOf(size) + step] ?? size;

/** In a text, the text's own: by its keys it never comes here, by the menu it does. */
function undo(): void {
  // Nothing else takes back what was typed.
  if (isTyping(document.activeElement)) document.execCommand('undo');
  else void undoLatest();
}

async function pauseOrResumeReading(): Promise<void> {
  const { state } = await loci.embeddings.progress();
  await (state === 'paused' ? loci.embeddings.resume() : loci.embeddings.pause());
}
