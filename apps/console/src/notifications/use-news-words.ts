import type { EntryData } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { type News, shortened } from './news';

/** What a notification says. Of notes, and what is written to the receiver of a transfer, nothing: others see the screen too. */
export function useNewsWords(): (news: News) => { readonly title: string; readonly body: string } {
  const { t } = useTranslation('notifications');
  const { t: common } = useTranslation('common');
  return ({ topic, entry, conversation }) => {
    const customer = shortened(conversation.customer.name) || common('unnamedCustomer');
    const actor = shortened(entry.actor.name) || common('system');
    switch (topic) {
      case 'message': {
        const { text } = entry.data as EntryData['message'];
        return { title: customer, body: shortened(text) || t('attachment') };
      }
      case 'mention':
        return { title: t('mentioned', { actor }), body: t('with', { customer }) };
      case 'transferred':
        return { title: t('transferred', { actor }), body: t('with', { customer }) };
      case 'assigned':
        return { title: t('assigned'), body: t('with', { customer }) };
      case 'queue':
        return { title: t('queued'), body: t('with', { customer }) };
    }
  };
}
