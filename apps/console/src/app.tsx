import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { RelevoClient } from '@relevo/client';
import { BrowserRouter, Route, Routes } from 'react-router';
import { EditsProvider } from './editing/edits-provider';
import { basename } from './filters/address';
import { LoginPage } from './login/login-page';
import { UndoProvider } from './closing/undo-provider';
import { RelevoProvider } from './session/relevo-context';
import { NotFound } from './shell/not-found';
import { Workspace } from './shell/workspace';
import { TransferProvider } from './transfer/transfer-provider';
import { cssVariablesResolver, theme } from './theme/theme';
import { FailureBoundary } from './ui/failure-boundary';
import { useStore } from './ui/use-store';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'relevo.theme' });

/** The page's styles run under this alone; the gateway makes another for each answer. */
const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export const App = ({ relevo }: { readonly relevo: RelevoClient }) => (
  <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} colorSchemeManager={colorSchemeManager} defaultColorScheme="auto" getStyleNonce={styleNonce} deduplicateCssVariables={false}>
    <RelevoProvider value={relevo}>
      <Notifications position="bottom-left" limit={4} />
      <FailureBoundary>
        <Screens relevo={relevo} />
      </FailureBoundary>
    </RelevoProvider>
  </MantineProvider>
);

function Screens({ relevo }: { readonly relevo: RelevoClient }) {
  const session = useStore(relevo.session.state);
  switch (session.status) {
    case 'starting':
      return null;
    case 'signed-out':
      return <LoginPage ended={session.reason === 'expired'} />;
    case 'signed-in':
      return (
        // Another agent's screen begins anew: nothing of the one before is in it.
        <BrowserRouter key={session.agent.id} basename={basename}>
          <Routes>
            <Route
              path="/"
              element={
                <UndoProvider>
                  <TransferProvider>
                    <EditsProvider>
                      <Workspace />
                    </EditsProvider>
                  </TransferProvider>
                </UndoProvider>
              }
            >
              <Route index element={null} />
              <Route path="c/:conversationId" element={null} />
            </Route>
            <Route path="*" element={<NotFound />} />
          </Routes>
        </BrowserRouter>
      );
  }
}
