import type { AttributeView, CustomerView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../i18n/use-when';
import { useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { RichText } from '../ui/rich-text';
import { useStore } from '../ui/use-store';
import classes from './customer-panel.module.css';

/** What is known of a customer, and where each thing comes from. */
export function Attributes({ customer }: { readonly customer: CustomerView }) {
  const { t } = useTranslation('customer');
  const { directory } = useRelevo();
  const definitions = useStore(directory.attributes);
  const when = useWhen();
  const { agents } = useDirectory();

  const valueOf = ({ value }: AttributeView): string => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value));
  const sourceOf = ({ source, by }: AttributeView): string => {
    if (source === 'agent') return t('sourceAgent', { name: agents.get(by)?.name ?? '' });
    return t(({ bot: 'sourceBot', api: 'sourceApi', customer: 'sourceCustomer' } as const)[source]);
  };
  // As an admin defined them, then what else came.
  const keys = [...new Set([...definitions.keys(), ...Object.keys(customer.attributes)])].filter((key) => Object.hasOwn(customer.attributes, key));

  return (
    <section className={classes.section} aria-label={t('data')}>
      <h3 className={classes.heading}>{t('data')}</h3>
      {keys.length === 0 && <p className={classes.nothing}>{t('noData')}</p>}
      <dl className={classes.facts}>
        {keys.map((key) => {
          const attribute = customer.attributes[key];
          return (
            attribute && (
              <div key={key} className={classes.fact} data-attribute={key}>
                <dt>{definitions.get(key)?.label ?? key}</dt>
                <dd>
                  <RichText text={valueOf(attribute)} />
                  <span className={classes.source} title={when.full(attribute.at)}>
                    {sourceOf(attribute)}
                  </span>
                </dd>
              </div>
            )
          );
        })}
      </dl>
    </section>
  );
}
