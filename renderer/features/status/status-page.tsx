import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import { useSystemReport } from '../../api/system-report.ts';
import { MeaningNotice } from '../../components/meaning-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page, Section } from '../../components/page.tsx';
import { DatabaseFacts, MeaningFacts, ModelFacts, VersionFacts } from './facts-of-report.tsx';
import { LibraryPlace } from './library-place.tsx';
import { MemoryUse } from './memory-use.tsx';
import './status-page.css';

/** What the app consists of, where it keeps things and what it uses, measured while one looks. */
export function StatusPage({ meaning }: { meaning: MeaningState }) {
  const { report, failure } = useSystemReport();
  return (
    <Page title="Status">
      {failure !== undefined && (
        <div className="status__notice">
          <Notice tone="quiet" title="The newest figures could not be read">
            <p>{failure}</p>
          </Notice>
        </div>
      )}
      <div className="status__sections">
        <div>
          <Section title="Library">
            <LibraryPlace library={report?.library} />
          </Section>
          <Section title="Search by meaning">
            {meaning.state === 'unavailable' ? (
              <MeaningNotice meaning={meaning} />
            ) : (
              <ModelFacts report={report} ready={meaning.state === 'ready'} />
            )}
            <MeaningFacts />
          </Section>
          <Section title="Versions">
            <VersionFacts report={report} />
          </Section>
        </div>
        <div>
          <Section title="Memory in use">
            <MemoryUse processes={report?.processes} />
          </Section>
          <Section title="Database">
            <DatabaseFacts report={report} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
