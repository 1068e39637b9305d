import { Button, Textarea, TextInput } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyPressOf, meaningOf } from '../composer/keys';
import { useRelevo, useSettings } from '../session/relevo-context';
import { IconSearch, IconTransfer } from '../ui/icons';
import { useStore } from '../ui/use-store';
import { OutcomeLine } from './outcome-line';
import { TargetList } from './target-list';
import { nameOf, type Target } from './targets';
import classes from './transfer-form.module.css';
import { useTargetChoice } from './use-target-choice';
import { useTransfer } from './use-transfer';

/** Unicode code units, which are never fewer than the contract's 4,096 code points. */
const longestNote = 4_096;

interface Props {
  /** As it was when it was asked for. */
  readonly conversation: ConversationView;
  readonly onDone: () => void;
}

/** Whom to, what they should know, and go: with the keyboard `Be`, Enter, a note, Enter. */
export function TransferForm({ conversation: asked, onDone }: Props) {
  const { t } = useTranslation('transfer');
  const conversation = useStore(useRelevo().conversation(asked.id)).conversation ?? asked;
  const { sendKey } = useSettings();
  const choice = useTargetChoice(conversation);
  const { outcome, isBusy, transfer, forget } = useTransfer(conversation, onDone);
  const [note, setNote] = useState('');
  const noteField = useRef<HTMLTextAreaElement>(null);
  const { chosen } = choice;

  const go = (target: Target | null, force = false): void => {
    if (target && !isBusy) void transfer(target, note, force);
  };
  const choose = (target: Target): void => {
    forget();
    choice.choose(target);
    noteField.current?.focus();
  };
  const pressInSearch = (event: KeyboardEvent): void => {
    const isChoice = event.key === 'Enter';
    if (!choice.press(event)) return;
    forget();
    if (isChoice) noteField.current?.focus();
  };
  const pressInNote = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (meaningOf(keyPressOf(event), sendKey) !== 'send') return;
    event.preventDefault();
    go(chosen);
  };

  return (
    <div className={classes.form}>
      <TextInput
        data-autofocus
        label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={15} stroke={1.8} />}
        value={choice.typed}
        onChange={(event) => {
          forget();
          choice.type(event.currentTarget.value);
        }}
        onKeyDown={pressInSearch}
        autoComplete="off"
        {...choice.aria}
      />
      <TargetList id={choice.listId} targets={choice.targets} typed={choice.typed} active={choice.active} chosenId={chosen && (chosen.kind === 'agent' ? chosen.agent.id : chosen.team.id)} onChoose={choose} />
      <Textarea
        ref={noteField}
        label={t('note')}
        placeholder={t('notePlaceholder')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={longestNote}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={pressInNote}
      />
      <OutcomeLine outcome={outcome} isBusy={isBusy} onInsist={() => outcome?.kind === 'unavailable' && go(outcome.target, true)} />
      <div className={classes.foot}>
        <span className={classes.keys}>{t('keys')}</span>
        <Button size="sm" leftSection={<IconTransfer size={16} />} loading={isBusy} disabled={chosen === null || outcome?.kind === 'unavailable'} onClick={() => go(chosen)}>
          {chosen ? t('transferTo', { target: nameOf(chosen) }) : t('transfer')}
        </Button>
      </div>
    </div>
  );
}
