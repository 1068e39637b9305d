import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Timeline } from '@relevo/client';
import type { ConversationView } from '@relevo/contracts';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../session/code-of';
import { useSay } from '../session/use-say';
import { IconCalendarSearch } from '../ui/icons';
import { dayOf, startOf } from './days';
import { dayWanted } from './day-wanted';
import classes from './jump-to-day.module.css';

interface Props {
  readonly conversation: ConversationView;
  readonly timeline: Timeline;
  /** The seq of the first entry of that day or later; the end where there is none. */
  readonly onFound: (seq: number | 'end') => void;
}

/** Asks for a day, and looks for it without loading what lies between. */
export function JumpToDay({ conversation, timeline, onFound }: Props) {
  const { t } = useTranslation('thread');
  const say = useSay();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dayWanted.listen(() => setOpen(true)), []);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const find = async (day: string): Promise<void> => {
    const at = startOf(day);
    if (at === null) return;
    setBusy(true);
    try {
      const seq = await timeline.findSeq(at, conversation.seq);
      setOpen(false);
      if (seq === null) notifications.show({ message: t('nothingSince') });
      onFound(seq ?? 'end');
    } catch (error) {
      notifications.show({ color: 'red', message: t('jumpFailed', { reason: say(codeOf(error)) }) });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const day = new FormData(event.currentTarget).get('day');
    if (typeof day === 'string') void find(day);
  };

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus shadow="lg" radius="md" withinPortal>
      <Popover.Target>
        <ActionIcon ref={button} aria-label={t('jump')} title={t('jump')} onClick={() => setOpen(!isOpen)}>
          <IconCalendarSearch size={18} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={t('jump')}
        onKeyDownCapture={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        <form className={classes.form} onSubmit={submit}>
          <TextInput type="date" name="day" label={t('jumpDay')} required withAsterisk={false} min={dayOf(new Date(conversation.openedAt))} max={dayOf(new Date())} data-autofocus />
          <Button type="submit" loading={isBusy}>
            {t('jumpGo')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
