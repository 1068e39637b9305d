import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCounts } from '../session/use-directory';

/** Counters stop there (contract: 1,000 stands for more). */
const most = 999;

/** How many of one's own wait to be read, in the tab's title: seen from every other tab. */
export function useTitle(): void {
  const { t } = useTranslation('common');
  const unread = useCounts()?.mineUnread ?? 0;
  const name = t('appName');
  useEffect(() => {
    document.title = unread === 0 ? name : `(${unread > most ? `${most}+` : unread}) ${name}`;
    return () => {
      document.title = name;
    };
  }, [unread, name]);
}
