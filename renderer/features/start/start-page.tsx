import { Check, LoaderCircle } from 'lucide-react';
import { useEffect } from 'react';
import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import { refreshPeople, usePeople } from '../../api/people.ts';
import { MeaningNotice } from '../../components/meaning-notice.tsx';
import { Page } from '../../components/page.tsx';
import { memoriesInWords } from '../people/person-words.ts';
import './start-page.css';

interface StartPageProps {
  readonly meaning: MeaningState;
  readonly statusAddress: string;
}

/** The first thing a person sees: that all is well, or what is not. It offers nothing that is not there. */
export function StartPage({ meaning, statusAddress }: StartPageProps) {
  const memories = usePeople()?.find(({ current }) => current)?.memories;
  useEffect(() => void refreshPeople().catch(() => undefined), []);
  return (
    <Page title="Your library is ready" width="narrow">
      <div className="start">
        <p className="start__welcome">
          It lives on this computer and nowhere else.
          {memories === 0 &&
            ' It holds no memories yet; adding them in this window is not part of this version.'}
          {memories !== undefined && memories > 0 && ` It holds ${memoriesInWords(memories)}.`}
        </p>
        {meaning.state === 'unavailable' ? (
          <MeaningNotice meaning={meaning} />
        ) : (
          <output className="start__meaning">
            {meaning.state === 'ready' ? (
              <>
                <Check size={16} strokeWidth={1.75} aria-hidden="true" /> Search by meaning is ready
              </>
            ) : (
              <>
                <LoaderCircle className="start__turning" size={16} strokeWidth={1.75} aria-hidden="true" />{' '}
                Search by meaning is getting ready
              </>
            )}
          </output>
        )}
        <a className="start__link" href={statusAddress}>
          Where it is kept and how it is doing
        </a>
      </div>
    </Page>
  );
}
