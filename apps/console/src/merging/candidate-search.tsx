import { TextInput } from '@mantine/core';
import type { CustomerView } from '@relevo/contracts';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDirectory } from '../session/use-directory';
import { useSay } from '../session/use-say';
import { Avatar } from '../ui/avatar';
import { IconSearch } from '../ui/icons';
import classes from './candidate-search.module.css';
import { useCandidates } from './use-candidates';

interface Props {
  readonly customer: CustomerView;
  readonly onChoose: (other: CustomerView) => void;
}

/** One of the other customers, found by typing and the arrows while the focus stays in the search field. */
export function CandidateSearch({ customer, onChoose }: Props) {
  const { t } = useTranslation('merging');
  const say = useSay();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [activeId, setActiveId] = useState<string | null>(null);
  const { found, code } = useCandidates(customer, typed);
  const others = found ?? [];
  const active = others.find(({ id }) => id === activeId) ?? others[0] ?? null;
  const optionIdOf = ({ id }: CustomerView): string => `${listId}-${id}`;

  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || !active) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const next = others.at((others.indexOf(active) + step) % others.length);
      if (!next) return;
      setActiveId(next.id);
      document.getElementById(optionIdOf(next))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') onChoose(active);
    else return;
    event.preventDefault();
  };
  const isTyped = typed.trim() !== '';
  return (
    <div className={classes.search}>
      <TextInput
        data-autofocus
        label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={15} stroke={1.8} />}
        value={typed}
        maxLength={200}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActiveId(null);
        }}
        onKeyDown={press}
        autoComplete="off"
        role="combobox"
        aria-expanded={others.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active ? optionIdOf(active) : undefined}
      />
      {!isTyped && others.length > 0 && <p className={classes.heading}>{t('alike')}</p>}
      <div id={listId} role="listbox" className={classes.list} aria-label={t('found')} tabIndex={-1}>
        {others.map((other) => (
          <Candidate key={other.id} customer={other} optionId={optionIdOf(other)} isActive={other === active} onChoose={() => onChoose(other)} />
        ))}
      </div>
      {found?.length === 0 && (
        <p className={classes.nobody} role="status">
          {code !== null ? t('failed', { reason: say(code) }) : isTyped ? t('nobody', { typed: typed.trim() }) : t('nobodyAlike')}
        </p>
      )}
    </div>
  );
}

interface CandidateProps {
  readonly customer: CustomerView;
  readonly optionId: string;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

function Candidate({ customer, optionId, isActive, onChoose }: CandidateProps) {
  const { t: common } = useTranslation('common');
  const { t: words } = useTranslation('customer');
  const { channels } = useDirectory();
  const { id, identities, blocked } = customer;
  const name = customer.name || common('unnamedCustomer');
  const called = identities.map(({ channelId, externalId }) => `${channels.get(channelId)?.name ?? ''} ${externalId}`.trim());
  return (
    // The keys are the search field's, which has the focus.
    <div id={optionId} role="option" className={classes.option} aria-selected={isActive} data-active={isActive || undefined} onClick={onChoose} onPointerDown={(event) => event.preventDefault()}>
      <Avatar id={id} name={name} size={30} />
      <span className={classes.names}>
        <span className={classes.name}>{name}</span>
        <span className={classes.called}>{[...called, ...(blocked ? [words('blocked')] : [])].join(' · ')}</span>
      </span>
    </div>
  );
}
