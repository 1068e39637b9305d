import { Spoiler } from '@mantine/core';
import type { Customer } from '@relevo/client';
import type { CustomerView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { FieldRow } from '../editing/field-row';
import { attributeFields, keyOf } from '../editing/fields';
import { MissingFields } from '../editing/missing-fields';
import { useFields } from '../editing/use-fields';
import { useShownValue } from '../editing/use-shown-value';
import { useWhen } from '../i18n/use-when';
import { useRelevo } from '../session/relevo-context';
import { RichText } from '../ui/rich-text';
import { useStore } from '../ui/use-store';
import classes from './customer-panel.module.css';
import { useProvenance } from './use-provenance';

/** Of a value that is folded: eight lines, px. */
const tallest = 156;

/** What is known of a customer and where each thing comes from, to be corrected and added to. */
export function Attributes({ customer, store }: { readonly customer: CustomerView; readonly store: Customer }) {
  const { t } = useTranslation('customer');
  const definitions = useStore(useRelevo().directory.attributes);
  const when = useWhen();
  const show = useShownValue();
  const provenance = useProvenance();
  const { edits, edited, draftOf, begin, begunId, isNews, seen } = useFields(customer, store);
  const attributeOf = (id: string) => {
    const key = keyOf(id) ?? '';
    return Object.hasOwn(customer.attributes, key) ? customer.attributes[key] : undefined;
  };
  const fields = attributeFields(customer, definitions, edited);
  const shown = fields.filter((field) => attributeOf(field.id) || draftOf(field));
  const missing = fields.filter((field) => !shown.includes(field) && !field.readOnly);

  return (
    <section className={classes.section} aria-label={t('data')}>
      <h3 className={classes.heading}>{t('data')}</h3>
      {fields.length === 0 && <p className={classes.nothing}>{t('noData')}</p>}
      <dl className={classes.fields}>
        {shown.map((field) => {
          const attribute = attributeOf(field.id);
          return (
            <FieldRow key={field.id} field={field} customer={customer} edits={edits} draft={draftOf(field)} isWanted={begunId === field.id} isNews={isNews(field.id)} onBegin={() => begin(field)} onSeen={() => seen(field.id)}>
              {attribute && (
                <>
                  <Spoiler maxHeight={tallest} showLabel={t('unfold')} hideLabel={t('fold')} transitionDuration={0} classNames={{ control: classes.fold }}>
                    <RichText text={show(attribute.value, field.type)} />
                  </Spoiler>
                  <span className={classes.source} title={when.full(attribute.at)}>
                    {provenance(attribute)}
                  </span>
                </>
              )}
            </FieldRow>
          );
        })}
      </dl>
      <MissingFields fields={missing} isNews={isNews} onSeen={seen} onBegin={begin} />
    </section>
  );
}
