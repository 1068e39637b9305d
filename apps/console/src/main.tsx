import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/base.css';
import { RelevoClient, webStorage } from '@relevo/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startI18n } from './i18n/i18n';
import { tellOfThePage } from './session/page-events';

async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root');
  const relevo = new RelevoClient({ storage: webStorage(localStorage) });
  tellOfThePage(relevo);
  await Promise.all([startI18n(), relevo.start()]);
  createRoot(root).render(
    <StrictMode>
      <App relevo={relevo} />
    </StrictMode>,
  );
}

void main();
