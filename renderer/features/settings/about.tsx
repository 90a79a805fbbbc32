import { ClipboardCopy, ScrollText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { useSystemReport } from '../../api/system-report.ts';
import { runCommand } from '../../commands/deeds.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { VersionFacts } from '../status/facts-of-report.tsx';
import './about.css';

/** What this is, what it is made of, and on what terms. */
export function About() {
  const texts = useTexts();
  const { report } = useSystemReport();
  return (
    <div className="about">
      <p className="about__words">{texts.about.words}</p>
      <VersionFacts report={report} />
      <div className="about__deeds">
        <Button icon={ScrollText} onClick={() => showDialog((close) => <Licences onClose={close} />)}>
          {texts.about.openLicences}
        </Button>
        <Button icon={ClipboardCopy} onClick={() => runCommand('help.diagnostics')}>
          {texts.about.copyDiagnostics}
        </Button>
      </div>
    </div>
  );
}

function Licences({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const [text, setText] = useState<string>();
  useEffect(() => {
    let isGone = false;
    const tell = (next: string) => isGone || setText(next);
    loci.app.licences().then(tell, (error: unknown) => tell(reasonOf(error)));
    return () => {
      isGone = true;
    };
  }, []);
  return (
    <Dialog title={texts.about.licences} width="wide" onClose={onClose}>
      {(close) => (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls is reached by keyboard. */}
          <div className="about__licences" tabIndex={0} role="region" aria-label={texts.about.licenceTexts}>
            {text ?? texts.about.readingLicences}
          </div>
          <div className="dialog__actions">
            <Button onClick={close}>{texts.actions.close}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
