import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { followLanguage } from '../api/language.ts';
import { App } from './app.tsx';
import { CrashGuard } from './crash-guard.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
followLanguage();
hydrateRoot(
  root,
  <StrictMode>
    <CrashGuard>
      <App />
    </CrashGuard>
  </StrictMode>,
);
