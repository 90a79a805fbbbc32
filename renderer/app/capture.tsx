import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followLanguage } from '../api/language.ts';
import { CapturePage } from '../features/capture/capture-page.tsx';
import { useChosenTheme } from './chosen-theme.ts';
import { CrashGuard } from './crash-guard.tsx';
import { useTexts } from '../text/use-texts.ts';

const root = document.getElementById('root');
if (!root) throw new Error('capture.html has no #root');
followLanguage();
createRoot(root).render(
  <StrictMode>
    <CrashGuard>
      <Themed />
    </CrashGuard>
  </StrictMode>,
);

function Themed() {
  const texts = useTexts();
  useChosenTheme();
  return (
    <>
      <title>{texts.capture.windowTitle}</title>
      <CapturePage />
    </>
  );
}
