import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useView } from '../filters/use-view';
import { narrowing, unfiltered } from '../filters/view';
import { useSay } from '../session/use-say';
import { EmptyState } from '../ui/empty-state';
import { IconAlertTriangle, IconAt, IconCircleCheck, IconFilter, IconInbox, IconRobot, IconSearch, IconUsers } from '../ui/icons';

interface Props {
  /** The code of what kept the list from loading. */
  readonly failed: string | null;
  readonly onRetry: () => void;
}

const size = 26;

/** Why there is nothing here, and what to do about it. */
export function ListEmpty({ failed, onRetry }: Props) {
  const { t } = useTranslation('list');
  const { t: common } = useTranslation('common');
  const { t: trays } = useTranslation('trays');
  const say = useSay();
  const [view, change] = useView();

  if (failed !== null) return <EmptyState icon={<IconAlertTriangle size={size} />} title={t('failed')} hint={say(failed)} action={<Button onClick={onRetry}>{common('retry')}</Button>} />;
  if (view.q !== undefined && narrowing(view) === 1) {
    const action = (
      <Button variant="default" onClick={() => change({ q: undefined })}>
        {t('clearSearch')}
      </Button>
    );
    return <EmptyState icon={<IconSearch size={size} />} title={t('emptySearch', { q: view.q })} hint={t('emptySearchHint')} action={action} />;
  }
  if (narrowing(view) > 0) {
    const action = (
      <Button variant="default" onClick={() => change(unfiltered)}>
        {trays('clear')}
      </Button>
    );
    return <EmptyState icon={<IconFilter size={size} />} title={t('emptyFiltered')} hint={t('emptyFilteredHint')} action={action} />;
  }
  if (view.mentioned) return <EmptyState icon={<IconAt size={size} />} title={t('emptyMentions')} hint={t('emptyMentionsHint')} />;
  if (view.standing === 'closed') return <EmptyState icon={<IconCircleCheck size={size} />} title={t('emptyClosed')} hint={t('emptyClosedHint')} />;
  if (view.standing === 'outbound') return <EmptyState icon={<IconInbox size={size} />} title={t('emptyOutbound')} hint={t('emptyOutboundHint')} />;
  switch (view.tray) {
    case 'mine': {
      const action = (
        <Button variant="light" onClick={() => change({ tray: 'unassigned' })}>
          {t('goUnassigned')}
        </Button>
      );
      return <EmptyState icon={<IconInbox size={size} />} title={t('emptyMine')} hint={t('emptyMineHint')} action={action} />;
    }
    case 'unassigned':
      return <EmptyState icon={<IconCircleCheck size={size} />} title={t('emptyUnassigned')} hint={t('emptyUnassignedHint')} />;
    case 'agents':
      return <EmptyState icon={<IconUsers size={size} />} title={t('emptyAgents')} hint={t('emptyAgentsHint')} />;
    case 'bot':
      return <EmptyState icon={<IconRobot size={size} />} title={t('emptyBot')} hint={t('emptyBotHint')} />;
    case 'all':
      return <EmptyState icon={<IconInbox size={size} />} title={t('emptyAll')} hint={t('emptyAllHint')} />;
  }
}
