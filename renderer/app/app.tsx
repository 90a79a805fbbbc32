import { useEffect, type ReactNode } from 'react';
import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { useAppStatus } from '../api/app-status.ts';
import { useLibraryInView } from '../api/people.ts';
import { DialogHost } from '../components/dialog-host.tsx';
import { Toasts } from '../components/toasts.tsx';
import { ActivityPage } from '../features/activity/activity-page.tsx';
import { BootScreen } from '../features/boot/boot-screen.tsx';
import { FailureScreen } from '../features/boot/failure-screen.tsx';
import { BrowsePage } from '../features/browse/browse-page.tsx';
import { CaptureLayer } from '../features/capture/capture-layer.tsx';
import { DuplicatesPage } from '../features/duplicates/duplicates-page.tsx';
import { HelpPage } from '../features/help/help-page.tsx';
import { PeoplePage } from '../features/people/people-page.tsx';
import { CommandsLayer } from '../features/commands/commands-layer.tsx';
import { SessionsPage } from '../features/sessions/sessions-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { StatusPage } from '../features/status/status-page.tsx';
import { CoveragePage } from '../features/specializations/coverage-page.tsx';
import { SpecializationsPage } from '../features/specializations/specializations-page.tsx';
import { TagsPage } from '../features/tags/tags-page.tsx';
import { comeBack, currentPlace, go, leaveForAnotherLibrary, usePlace } from '../navigation/history.ts';
import { isList, type Place } from '../navigation/place.ts';
import { useWayButtons } from '../navigation/way-buttons.ts';
import { useChosenTheme } from './chosen-theme.ts';
import { Frame } from './frame.tsx';
import { useTexts } from '../text/use-texts.ts';

comeBack();

/** What is on the screen follows from what main says the app is doing. */
export function App() {
  // All that is on the screen is shown anew in another language, whether or not it asks for texts itself.
  useTexts();
  const status = useAppStatus();
  switch (status.phase) {
    case 'opening':
      return <BootScreen stage={status.stage} />;
    case 'closing':
      return <BootScreen stage="closing" />;
    case 'failed':
      return <FailureScreen problem={status.problem} />;
    case 'ready':
      return <OpenLibrary meaning={status.meaning} />;
  }
}

function OpenLibrary({ meaning }: { meaning: MeaningState }) {
  useChosenTheme();
  useWayButtons();
  const library = useLibraryInView();
  useEffect(() => {
    if (library > 0) leaveForAnotherLibrary();
  }, [library]);
  const place = usePlace();
  return (
    <Toasts>
      <Frame place={place} meaning={meaning}>
        {(top) => pageAt(place, meaning, top)}
      </Frame>
      <CaptureLayer onOpen={openAnywhere} />
      <CommandsLayer />
      <DialogHost />
    </Toasts>
  );
}

/** In the list that is in view; from a page without one, among all memories. */
function openAnywhere(id: string): void {
  const place = currentPlace();
  go(isList(place.view) ? { ...place, open: id } : { view: { kind: 'memories' }, open: id });
}

function pageAt(place: Place, meaning: MeaningState, top: ReactNode) {
  switch (place.view.kind) {
    case 'status':
      return withTop(top, <StatusPage meaning={meaning} />);
    case 'activity':
      return withTop(top, <ActivityPage />);
    case 'people':
      return withTop(top, <PeoplePage />);
    case 'settings':
      return withTop(top, <SettingsPage />);
    case 'help':
      return withTop(top, <HelpPage />);
    case 'tags':
      return withTop(top, <TagsPage />);
    case 'sessions':
      return withTop(top, <SessionsPage />);
    case 'duplicates':
      return <DuplicatesPage place={place} top={top} />;
    case 'specializations':
    case 'specialization-trash':
      return <SpecializationsPage place={place} top={top} />;
    case 'coverage':
      return withTop(top, <CoveragePage />);
    default:
      return <BrowsePage place={place} top={top} />;
  }
}

function withTop(top: ReactNode, page: ReactNode) {
  return (
    <>
      {top}
      {page}
    </>
  );
}
