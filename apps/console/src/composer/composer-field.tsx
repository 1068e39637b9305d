import { Button, Textarea } from '@mantine/core';
import type { ConversationView, QuickReplyView } from '@relevo/contracts';
import { type KeyboardEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRelevo, useSettings } from '../session/relevo-context';
import { IconNote, IconSend2 } from '../ui/icons';
import { useStore } from '../ui/use-store';
import type { Mode } from './drafts';
import classes from './composer.module.css';
import { EmojiButton } from './emoji-button';
import { insertText } from './insert';
import { meaningOf } from './keys';
import { filledIn, type Slash, slashAt } from './quick-replies';
import { QuickReplyList, useQuickReplyChoice } from './quick-reply-list';
import type { DraftInHand } from './use-draft';

/** Unicode code points (product rule "Sending"). */
const longest = 4_096;

interface Props {
  readonly conversation: ConversationView;
  readonly mode: Mode;
  readonly inHand: DraftInHand;
  /** How often it was wanted; none while somebody goes through the list. */
  readonly wishes: number;
  readonly seenSeq: number;
}

export function ComposerField({ conversation, mode, inHand, wishes, seenSeq }: Props) {
  const { t } = useTranslation('composer');
  const { t: common } = useTranslation('common');
  const relevo = useRelevo();
  const me = useMe();
  const { sendKey } = useSettings();
  const { customer } = useStore(relevo.customer(conversation.customer.id));
  const field = useRef<HTMLTextAreaElement>(null);
  const [slash, setSlash] = useState<Slash | null>(null);
  const text = inHand.draft[mode];
  const name = conversation.customer.name || common('unnamedCustomer');
  const tooMany = [...text].length - longest;
  const isReady = text.trim() !== '' && tooMany <= 0;

  useEffect(() => {
    if (wishes > 0) field.current?.focus({ preventScroll: true });
  }, [wishes]);
  useEffect(() => () => relevo.typing.leftOff(), [relevo]);

  const write = (event: SyntheticEvent<HTMLTextAreaElement>): void => {
    const { value, selectionStart } = event.currentTarget;
    inHand.setText(mode, value);
    setSlash(mode === 'message' ? slashAt(value, selectionStart) : null);
    // Of a note nobody is told.
    if (mode === 'message') relevo.typing.writing(conversation.id);
  };
  const send = (): void => {
    if (!isReady) return;
    if (mode === 'note') void relevo.outbox.note(conversation.id, { text });
    else void relevo.outbox.message(conversation.id, { text, seenSeq });
    relevo.typing.leftOff();
    inHand.setText(mode, '');
    setSlash(null);
  };
  const use = (reply: QuickReplyView): void => {
    if (!field.current || !slash) return;
    insertText(field.current, filledIn(reply.text, { customer, agentName: me.name }), slash.start, slash.start + 1 + slash.typed.length);
    setSlash(null);
  };
  const choice = useQuickReplyChoice(slash, use);

  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (choice.press(event)) return;
    if (event.key === 'Escape' && slash) {
      event.preventDefault();
      event.stopPropagation();
      setSlash(null);
      return;
    }
    const meaning = meaningOf({ ...event, key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey, isComposing: event.nativeEvent.isComposing, keyCode: event.keyCode }, sendKey);
    if (meaning === null || meaning === 'native') return;
    event.preventDefault();
    if (meaning === 'send') send();
    else insertText(event.currentTarget, '\n');
  };

  return (
    <>
      {slash && choice.found.length > 0 && <QuickReplyList id={choice.listId} found={choice.found} chosen={choice.chosen} onUse={use} />}
      <Textarea
        ref={field}
        className={classes.field}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={12}
        aria-label={mode === 'note' ? t('noteLabel') : t('message', { name })}
        placeholder={mode === 'note' ? t('placeholderNote') : t('placeholder', { name })}
        value={text}
        onChange={write}
        onKeyDown={press}
        onBlur={() => setSlash(null)}
        {...choice.aria}
      />
      <div className={classes.foot}>
        <EmojiButton onChoose={(emoji) => field.current && insertText(field.current, emoji)} />
        {tooMany > 0 ? <span className={classes.over}>{t('tooLong', { count: tooMany })}</span> : <span className={classes.hint}>{t(sendKey === 'enter' ? 'hintEnter' : 'hintCtrlEnter')}</span>}
        <span className={tooMany > 0 ? classes.spare : undefined} />
        {mode === 'note' ? (
          <Button size="xs" color="yellow.8" autoContrast leftSection={<IconNote size={15} />} disabled={!isReady} onClick={send}>
            {t('saveNote')}
          </Button>
        ) : (
          <Button size="xs" leftSection={<IconSend2 size={15} />} disabled={!isReady} onClick={send}>
            {t('send')}
          </Button>
        )}
      </div>
    </>
  );
}
