import './page.css';
import { webStorage } from '@relevo/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { LanguageProvider } from './i18n/language-provider';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
// As `npm start` prints it. It is no secret: every page with a widget has it.
const channelId = new URLSearchParams(location.search).get('channel')?.trim() ?? '';
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App channelId={channelId} storage={webStorage(localStorage)} />
    </LanguageProvider>
  </StrictMode>,
);
