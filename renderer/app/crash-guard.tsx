import { Component, type ReactNode } from 'react';
import { Actions } from '../components/actions.tsx';
import { Notice } from '../components/notice.tsx';
import { textsNow } from '../../shared/texts/index.ts';
import './crash-guard.css';

/** A mistake in the page must not leave an empty window. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    const texts = textsNow();
    return (
      <main className="crash">
        <Notice tone="danger" title={texts.frame.crashed}>
          <p>{texts.frame.crashedText}</p>
          <Actions actions={[{ label: texts.frame.showAgain, run: async () => window.location.reload() }]} />
        </Notice>
      </main>
    );
  }
}
