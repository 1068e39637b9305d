import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMatch } from 'react-router';
import { CustomerPanel } from '../customer/customer-panel';
import { useOpen } from '../filters/use-view';
import { useRememberedView } from '../filters/use-remembered-view';
import { ListPane } from '../list/list-pane';
import { NotificationsHere } from '../notifications/notifications-here';
import { useRelevo } from '../session/relevo-context';
import { ShortcutsHere } from '../shortcuts/shortcuts-here';
import { ThreadPane } from '../thread/thread-pane';
import { EmptyState } from '../ui/empty-state';
import { FailureBoundary } from '../ui/failure-boundary';
import { FloatsIn } from '../ui/floats-in';
import { IconMessageCircle } from '../ui/icons';
import { useKeptFlag } from '../ui/use-kept';
import { useStore } from '../ui/use-store';
import { ConnectionBanner } from './connection-banner';
import { PaneHandle } from './pane-handle';
import { usePaneSizes } from './pane-sizes';
import { SidePane } from './side-pane';
import { TraysPane } from './trays-pane';
import { useNarrow, useWide } from './use-narrow';
import { useSettingsHere } from './use-settings-here';
import classes from './workspace.module.css';

/** The agents' desk: trays, list, thread and customer side by side, or on a narrow screen one at a time. */
export function Workspace() {
  const { t } = useTranslation('shell');
  const { t: common } = useTranslation('common');
  const { stale } = useStore(useRelevo().connection);
  const open = useOpen();
  const openId = useMatch('/c/:conversationId')?.params.conversationId ?? null;
  const [sizes, resize] = usePaneSizes();
  const isNarrow = useNarrow();
  const isWide = useWide();
  const [isCustomerWanted, wantCustomer] = useKeptFlag('customer', true);
  const [isCustomerOver, putCustomerOver] = useState(false);
  const [areTraysOver, putTraysOver] = useState(false);
  useSettingsHere();
  const isRemembered = useRememberedView();

  useEffect(() => putCustomerOver(false), [openId]);

  if (!isRemembered) return null;
  const hasRoom = !isNarrow && isWide;
  const isCustomerBeside = hasRoom && isCustomerWanted && openId !== null;
  const toggleCustomer = (): void => (hasRoom ? wantCustomer(!isCustomerWanted) : putCustomerOver(!isCustomerOver));
  const style = { '--trays': `${sizes.trays}px`, '--list': `${sizes.list}px`, '--customer': `${sizes.customer}px` } as React.CSSProperties;

  // On a narrow screen it is all there is, and so the page's main part.
  const ListElement = isNarrow ? 'main' : 'section';
  const list = (
    <ListElement className={classes.pane} aria-label={t('list')} id="list" tabIndex={-1}>
      <FloatsIn pane="list">
        <FailureBoundary>
          <ListPane openId={openId} onTrays={isNarrow ? () => putTraysOver(true) : undefined} />
        </FailureBoundary>
      </FloatsIn>
      {!isNarrow && <PaneHandle pane="list" side="left" size={sizes.list} label={t('list')} onResize={resize} />}
    </ListElement>
  );
  const thread = (
    <main className={classes.pane} aria-label={t('thread')} id="thread" tabIndex={-1}>
      <FloatsIn pane="thread">
        <FailureBoundary of={openId ?? undefined}>
          {openId === null ? (
            <EmptyState icon={<IconMessageCircle size={26} />} title={t('nothingOpen')} hint={t('nothingOpenHint', { up: '↑', down: '↓' })} />
          ) : (
            <ThreadPane conversationId={openId} onBack={isNarrow ? () => open(null) : undefined} onToggleCustomer={toggleCustomer} isCustomerShown={isCustomerBeside || isCustomerOver} />
          )}
        </FailureBoundary>
      </FloatsIn>
    </main>
  );
  const customer = openId !== null && (
    <FloatsIn pane="customer">
      <FailureBoundary of={openId}>
        <CustomerPanel conversationId={openId} onClose={hasRoom ? () => wantCustomer(false) : () => putCustomerOver(false)} />
      </FailureBoundary>
    </FloatsIn>
  );

  return (
    <div className={classes.workspace} data-stale={stale}>
      {(!isNarrow || openId === null) && (
        <a className={classes.skip} href="#list">
          {common('skipToList')}
        </a>
      )}
      {(!isNarrow || openId !== null) && (
        <a className={classes.skip} href="#thread">
          {common('skipToThread')}
        </a>
      )}
      <ShortcutsHere />
      <NotificationsHere openId={openId} />
      <ConnectionBanner />
      <div className={classes.panes} style={style} data-narrow={isNarrow || undefined} data-customer={isCustomerBeside || undefined}>
        {isNarrow ? (
          openId === null ? list : thread
        ) : (
          <>
            <TraysPane handle={<PaneHandle pane="trays" side="left" size={sizes.trays} label={t('trays')} onResize={resize} />} />
            {list}
            {thread}
          </>
        )}
        {isCustomerBeside && (
          <aside className={classes.pane} aria-label={t('customer')} id="customer">
            {customer}
            <PaneHandle pane="customer" side="right" size={sizes.customer} label={t('customer')} onResize={resize} />
          </aside>
        )}
      </div>
      <SidePane isOpen={isNarrow && areTraysOver} onClose={() => putTraysOver(false)} side="left" label={t('trays')}>
        <TraysPane onChosen={() => putTraysOver(false)} />
      </SidePane>
      <SidePane isOpen={!hasRoom && isCustomerOver} onClose={() => putCustomerOver(false)} side="right" label={t('customer')} id="customer">
        {customer}
      </SidePane>
    </div>
  );
}
