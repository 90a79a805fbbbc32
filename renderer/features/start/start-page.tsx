import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import { MeaningLine } from '../../components/meaning-line.tsx';
import { Page } from '../../components/page.tsx';
import './start-page.css';

interface StartPageProps {
  readonly meaning: MeaningState;
  readonly statusAddress: string;
}

/** The first thing a person sees: that all is well, or what is not. Offers nothing that is not there. */
export function StartPage({ meaning, statusAddress }: StartPageProps) {
  return (
    <Page title="Your library is ready">
      <div className="start">
        <p className="start__welcome">
          It lives on this computer and nowhere else. There are no memories in it yet: this version opens your
          library and looks after it, and cannot add to it.
        </p>
        <MeaningLine meaning={meaning} />
        <p>
          <a className="start__link" href={statusAddress}>
            See what it is made of and where it is kept
          </a>
        </p>
      </div>
    </Page>
  );
}
