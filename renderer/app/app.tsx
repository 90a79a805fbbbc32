import type { MeaningState } from '../../shared/schemas/app-status.ts';
import { useAppStatus } from '../api/app-status.ts';
import { ActivityPage } from '../features/activity/activity-page.tsx';
import { BootScreen } from '../features/boot/boot-screen.tsx';
import { FailureScreen } from '../features/boot/failure-screen.tsx';
import { PeoplePage } from '../features/people/people-page.tsx';
import { StartPage } from '../features/start/start-page.tsx';
import { StatusPage } from '../features/status/status-page.tsx';
import { useChosenTheme } from './chosen-theme.ts';
import { Frame } from './frame.tsx';
import { addressOf, useRoute, type Route } from './route.ts';

/** What is on the screen follows from what main says the app is doing. */
export function App() {
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
  const route = useRoute();
  return <Frame route={route}>{pageAt(route, meaning)}</Frame>;
}

function pageAt(route: Route, meaning: MeaningState) {
  switch (route) {
    case 'start':
      return <StartPage meaning={meaning} statusAddress={addressOf('status')} />;
    case 'status':
      return <StatusPage meaning={meaning} />;
    case 'activity':
      return <ActivityPage />;
    case 'people':
      return <PeoplePage />;
  }
}
