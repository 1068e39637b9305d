import type { AttributeView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../i18n/use-when';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';

/** Who gave a value, from where and when (product rule "Customer's information"). */
export function useProvenance(): (attribute: Omit<AttributeView, 'value'>) => string {
  const { t } = useTranslation('customer');
  const me = useMe();
  const when = useWhen();
  const { agents, channels } = useDirectory();
  const who = ({ source, by }: Omit<AttributeView, 'value'>): string => {
    switch (source) {
      case 'agent': {
        const name = agents.get(by)?.name;
        return by === me.id ? t('sourceOwn') : name === undefined ? t('sourceSomeAgent') : t('sourceAgent', { name });
      }
      case 'api': {
        const name = channels.get(by)?.name;
        return name === undefined ? t('sourceApi') : t('sourceChannel', { name });
      }
      case 'bot':
        return t('sourceBot');
      case 'customer':
        return t('sourceCustomer');
    }
  };
  return (attribute) => `${who(attribute)} · ${when.short(attribute.at)}`;
}
