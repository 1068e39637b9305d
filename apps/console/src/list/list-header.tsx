import { ActionIcon, CloseButton, Indicator, Menu, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressNow } from '../filters/address';
import { useView } from '../filters/use-view';
import { shownStanding, sorts } from '../filters/view';
import { useCounts } from '../session/use-directory';
import { IconArrowsSort, IconCheck, IconMenu2, IconSearch } from '../ui/icons';
import classes from './list-header.module.css';

const words = { waiting: ['sortWaiting', 'sortWaitingHint'], activity: ['sortActivity', 'sortActivityHint'], assigned: ['sortAssigned', 'sortAssignedHint'] } as const;

/** A pause in typing: each search is a question to the server. */
const pauseMs = 250;

interface Props {
  /** On a narrow screen: to the trays. */
  readonly onTrays?: () => void;
}

export function ListHeader({ onTrays }: Props) {
  const { t } = useTranslation('list');
  const { t: shell } = useTranslation('shell');
  const { t: trays } = useTranslation('trays');
  const [view, change] = useView();
  const standing = shownStanding(view);
  const mentioned = useCounts()?.mentioned ?? 0;
  return (
    <header className={classes.header}>
      <div className={classes.first}>
        {onTrays && (
          <Indicator disabled={mentioned === 0} size={9} offset={4} color="var(--r-accent)">
            <ActionIcon aria-label={mentioned === 0 ? shell('openTrays') : `${shell('openTrays')}: ${trays('unseenMentions', { count: mentioned })}`} onClick={onTrays}>
              <IconMenu2 size={18} />
            </ActionIcon>
          </Indicator>
        )}
        <h1 className={classes.title}>
          {view.q !== undefined ? t('found') : trays(view.mentioned ? 'mentions' : view.tray)}
          {standing !== 'active' && <span className={classes.standing}>{trays(standing === 'all' ? 'activeAndClosed' : standing)}</span>}
        </h1>
        <Menu position="bottom-end" width={260}>
          <Menu.Target>
            <button type="button" className={classes.sort} aria-label={`${t('sort')}: ${t(words[view.sort][0])}`} data-sort={view.sort}>
              <IconArrowsSort size={14} stroke={1.8} aria-hidden />
              {t(words[view.sort][0])}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {sorts.map((sort) => (
              <Menu.Item key={sort} data-sort-by={sort} rightSection={view.sort === sort ? <IconCheck size={15} /> : undefined} onClick={() => change({ sort })}>
                {t(words[sort][0])}
                <span className={classes.hint}>{t(words[sort][1])}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {/* Who goes elsewhere has done with searching, also with what was typed and not searched for yet. */}
      <SearchField key={`${view.tray} ${String(view.mentioned)}`} q={view.q ?? ''} onSearch={(q) => change({ q: q === '' ? undefined : q })} />
    </header>
  );
}

function SearchField({ q, onSearch }: { readonly q: string; readonly onSearch: (q: string) => void }) {
  const { t } = useTranslation('list');
  const [text, setText] = useState(q);
  /** What was last searched for here, or stood in the address by another way. */
  const sought = useRef(q);
  const seek = (value: string): void => {
    sought.current = value;
    onSearch(value);
  };
  const search = useDebouncedCallback((value: string) => seek(value.trim()), pauseMs);
  // The address may change by another way: a link, the browser's back. What was typed since is newer than its own search,
  // which is drawn when there is time to.
  useEffect(() => {
    const now = addressNow().view.q ?? '';
    if (now === sought.current) return;
    sought.current = now;
    search.cancel();
    setText(now);
  }, [q, search]);
  const clear = (): void => {
    search.cancel();
    setText('');
    seek('');
  };
  return (
    <TextInput
      size="sm"
      type="search"
      value={text}
      placeholder={t('search')}
      aria-label={t('search')}
      leftSection={<IconSearch size={15} stroke={1.8} />}
      rightSection={text !== '' && <CloseButton size="sm" aria-label={t('clearSearch')} onClick={clear} />}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      className={classes.search}
    />
  );
}
