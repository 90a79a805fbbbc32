import { Component, type ReactNode } from 'react';
import { Actions } from '../components/actions.tsx';
import { Notice } from '../components/notice.tsx';
import './crash-guard.css';

/** A mistake in the page must not leave an empty window. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="crash">
        <Notice tone="danger" title="This window stopped working">
          <p>Your library is not affected. Show the window again to go on.</p>
          <Actions
            actions={[{ label: 'Show the window again', run: async () => window.location.reload() }]}
          />
        </Notice>
      </main>
    );
  }
}
