import type { MeaningState } from '../../../shared/schemas/app-status.ts';
import { useSystemReport } from '../../api/system-report.ts';
import { MeaningNotice } from '../../components/meaning-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page, Section } from '../../components/page.tsx';
import { DatabaseFacts, MeaningFacts, ModelFacts, VersionFacts } from './facts-of-report.tsx';
import { LibraryPlace } from './library-place.tsx';
import { MemoryUse } from './memory-use.tsx';
import { useTexts } from '../../text/use-texts.ts';
import './status-page.css';

/** What the app consists of, where it keeps things and what it uses, measured while one looks. */
export function StatusPage({ meaning }: { meaning: MeaningState }) {
  const texts = useTexts();
  const { report, failure } = useSystemReport();
  return (
    <Page title={texts.status.title}>
      {failure !== undefined && (
        <div className="status__notice">
          <Notice tone="quiet" title={texts.status.unreadable}>
            <p>{failure}</p>
          </Notice>
        </div>
      )}
      <div className="status__sections">
        <div>
          <Section title={texts.status.library}>
            <LibraryPlace library={report?.library} />
          </Section>
          <Section title={texts.status.meaning}>
            {meaning.state === 'unavailable' ? (
              <MeaningNotice meaning={meaning} />
            ) : (
              <ModelFacts report={report} ready={meaning.state === 'ready'} />
            )}
            <MeaningFacts />
          </Section>
          <Section title={texts.status.versions}>
            <VersionFacts report={report} />
          </Section>
        </div>
        <div>
          <Section title={texts.status.memoryInUse}>
            <MemoryUse processes={report?.processes} />
          </Section>
          <Section title={texts.status.database}>
            <DatabaseFacts report={report} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
