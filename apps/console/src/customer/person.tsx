import type { Customer } from '@relevo/client';
import type { CustomerView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { CustomerMenu } from '../belonging/customer-menu';
import { FieldRow } from '../editing/field-row';
import { nameField } from '../editing/fields';
import { useFields } from '../editing/use-fields';
import { useDirectory } from '../session/use-directory';
import { Avatar } from '../ui/avatar';
import { identityText } from './identity';
import classes from './person.module.css';

/** Who they are, how channels call them, whose they are. */
export function Person({ customer, store }: { readonly customer: CustomerView; readonly store: Customer }) {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation('common');
  const { channels, agents } = useDirectory();
  const { edits, draftOf, begin, begunId, isNews, seen } = useFields(customer, store);
  const { id, name, identities, affinityAgentId, blocked } = customer;
  const shown = name || common('unnamedCustomer');
  const field = nameField(t('name'));
  return (
    <section className={classes.person} aria-label={shown}>
      <Avatar id={id} name={shown} size={48} />
      <div className={classes.names}>
        <dl className={classes.name}>
          <FieldRow field={field} customer={customer} edits={edits} draft={draftOf(field)} isWanted={begunId === field.id} isNews={isNews(field.id)} onBegin={() => begin(field)} onSeen={() => seen(field.id)}>
            {shown}
          </FieldRow>
        </dl>
        <ul className={classes.identities}>
          {identities.map(({ channelId, externalId }) => (
            <li key={`${channelId} ${externalId}`}>{identityText(channels.get(channelId)?.name ?? '', externalId)}</li>
          ))}
        </ul>
        {affinityAgentId !== null && (
          <p className={classes.fact} data-news={isNews('affinityAgentId') || undefined} onPointerLeave={() => seen('affinityAgentId')} data-affinity>
            {t('affinity', { name: agents.get(affinityAgentId)?.name ?? t('someAgent') })}
          </p>
        )}
        {blocked && (
          <p className={classes.blocked} data-news={isNews('blocked') || undefined} onPointerLeave={() => seen('blocked')} data-blocked>
            {t('blocked')}
          </p>
        )}
      </div>
      <CustomerMenu customer={customer} />
    </section>
  );
}
