import type { WidgetEntry } from '@relevo/client';
import { useTexts } from '../i18n/language-provider';
import { useStore } from '../use-store';
import type { PlayedCustomer } from './crowd';
import classes from './customer-list.module.css';
import { Face } from './face';
import { newsOf } from './news';

type MessageData = Extract<WidgetEntry, { readonly type: 'message' }>['data'];

interface Props {
  readonly customers: readonly PlayedCustomer[];
  readonly chosenId: string;
  /** Until when each was looked at. */
  readonly seen: ReadonlyMap<string, string>;
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
}

export function CustomerList({ customers, chosenId, seen, onChoose, onAdd }: Props) {
  const texts = useTexts();
  return (
    <nav className={classes.customers} aria-label={texts.customers}>
      <ul className={classes.list}>
        {customers.map((customer) => (
          <li key={customer.id}>
            <CustomerButton customer={customer} isChosen={customer.id === chosenId} seenAt={seen.get(customer.id) ?? ''} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <button type="button" className={classes.add} onClick={onAdd}>
        <span aria-hidden>+</span> {texts.addCustomer}
      </button>
    </nav>
  );
}

interface ButtonProps {
  readonly customer: PlayedCustomer;
  readonly isChosen: boolean;
  readonly seenAt: string;
  readonly onChoose: (id: string) => void;
}

/** A message in one line; one without a text is called what its first file is. */
const sayingOf = ({ text, attachments }: MessageData, voice: string): string => text || (attachments[0]?.voice ? voice : (attachments[0]?.name ?? ''));

function CustomerButton({ customer: { id, name, visit }, isChosen, seenAt, onChoose }: ButtonProps) {
  const texts = useTexts();
  const { entries } = useStore(visit.history);
  const last = entries.findLast((entry) => entry.type === 'message');
  const news = isChosen ? 0 : newsOf(entries, seenAt);
  return (
    <button type="button" className={classes.customer} aria-current={isChosen || undefined} data-customer={name} onClick={() => onChoose(id)}>
      <Face id={id} name={name} />
      <span className={classes.words}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.last} dir="auto">
          {last?.type === 'message' ? sayingOf(last.data, texts.voice) : texts.empty}
        </span>
      </span>
      {news > 0 && (
        <span className={classes.news} data-news={news}>
          <span aria-hidden>{news}</span>
          <span className="hidden">{texts.unread(news)}</span>
        </span>
      )}
    </button>
  );
}
