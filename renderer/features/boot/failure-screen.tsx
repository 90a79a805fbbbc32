import { FileText, FolderOpen, RotateCw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Problem } from '../../../shared/schemas/app-status.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Mark } from '../../components/mark.tsx';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';
import './failure-screen.css';

/** The library could not be opened: what happened, what it means, what to do. */
export function FailureScreen({ problem }: { problem: Problem }) {
  const texts = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="failure">
      <Mark className="failure__mark" />
      <div className="failure__text" role="alert">
        <h1 className="failure__title" ref={heading} tabIndex={-1}>
          {problem.title}
        </h1>
        <p>{problem.meaning}</p>
        <p>{problem.advice}</p>
      </div>
      <Actions
        actions={[
          { label: texts.actions.tryAgain, icon: RotateCw, primary: true, run: () => loci.app.retry() },
          { label: texts.actions.showLogs, icon: FileText, run: () => loci.app.openLogs() },
          {
            label: texts.actions.showLibraryFolder,
            icon: FolderOpen,
            run: () => loci.app.openLibraryFolder(),
          },
        ]}
      />
      <p className="failure__code">{parts(texts.boot.nameThis(<code>{problem.code}</code>))}</p>
    </main>
  );
}
