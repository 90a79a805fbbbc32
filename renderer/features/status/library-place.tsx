import { FileText, FolderOpen } from 'lucide-react';
import { Fragment } from 'react';
import type { SystemReport } from '../../../shared/schemas/system-report.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, Placeholder } from '../../components/facts.tsx';
import { formatBytes, formatDay } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import './library-place.css';

export function LibraryPlace({ library }: { library: SystemReport['library'] | undefined }) {
  const texts = useTexts();
  return (
    <div className="library-place">
      <div className="library-place__path">
        {library ? <Path path={library.location} /> : <Placeholder width="long" />}
        {library && <CopyButton text={library.location} label={texts.actions.copyLocation} />}
      </div>
      <Facts
        facts={[
          { name: texts.status.sizeOnDisk, value: library && formatBytes(library.sizeBytes) },
          { name: texts.status.databaseAlone, value: library && formatBytes(library.databaseBytes) },
          { name: texts.status.madeOn, value: library && formatDay(library.createdAt) },
        ]}
      />
      <Actions
        actions={[
          {
            label: texts.actions.showLibraryFolder,
            icon: FolderOpen,
            run: () => loci.app.openLibraryFolder(),
          },
          { label: texts.actions.showLogs, icon: FileText, run: () => loci.app.openLogs() },
        ]}
      />
    </div>
  );
}

/** Breaks after a separator where it can; selecting and copying it still gives the path as it is. */
function Path({ path }: { path: string }) {
  return (
    <code dir="ltr">
      {path.split(/(?<=[\\/])/).map((part, at) => (
        <Fragment key={at}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
