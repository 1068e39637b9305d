import { Button, Textarea } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { type KeyboardEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AttachButton } from '../files/attach-button';
import { Tray } from '../files/tray';
import type { ChosenFiles } from '../files/use-chosen-files';
import { MentionGround } from '../mentions/mention-ground';
import { mentionedIn } from '../mentions/mentions';
import { useRelevo, useSettings } from '../session/relevo-context';
import { useQuickReplies } from '../session/use-directory';
import { VoiceButton } from '../voice/voice-button';
import { VoiceHere } from '../voice/voice-here';
import { useVoiceEnabled } from '../voice/use-voice-enabled';
import { IconAt, IconBolt, IconNote, IconSend2 } from '../ui/icons';
import { Completion } from './completion';
import type { Mode } from './drafts';
import classes from './composer.module.css';
import { ComposerHint } from './composer-hint';
import { EmojiButton } from './emoji-button';
import { insertText } from './insert';
import { keyPressOf, meaningOf } from './keys';
import { tooManyIn } from './length';
import { SignButton } from './sign-button';
import { useCompletion } from './use-completion';
import type { DraftInHand } from './use-draft';

const none: readonly string[] = [];
const noFiles: ChosenFiles['files'] = [];

interface Props {
  readonly conversation: ConversationView;
  readonly mode: Mode;
  readonly inHand: DraftInHand;
  readonly chosen: ChosenFiles;
  /** How often it was wanted; none while somebody goes through the list. */
  readonly wishes: number;
  readonly seenSeq: number;
}

export function ComposerField({ conversation, mode, inHand, chosen, wishes, seenSeq }: Props) {
  const { t } = useTranslation('composer');
  const { t: common } = useTranslation('common');
  const relevo = useRelevo();
  const { sendKey } = useSettings();
  const field = useRef<HTMLTextAreaElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const { mentions, [mode]: text } = inHand.draft;
  const name = conversation.customer.name || common('unnamedCustomer');
  const tooMany = tooManyIn(text);
  const files = mode === 'note' ? noFiles : chosen.files;
  const isBlocked = mode === 'message' && chosen.isBlocked;
  const isReady = (text.trim() !== '' || files.length > 0) && tooMany <= 0 && !isBlocked;
  const isVoiceEnabled = useVoiceEnabled(conversation);
  const hasReplies = [...useQuickReplies().values()].some(({ archived }) => !archived);
  const [isRecording, setRecording] = useState(false);

  useEffect(() => {
    if (wishes > 0) field.current?.focus({ preventScroll: true });
  }, [wishes]);
  useEffect(() => () => relevo.typing.leftOff(), [relevo]);

  const write = (event: SyntheticEvent<HTMLTextAreaElement>): void => {
    const { value, selectionStart } = event.currentTarget;
    inHand.setText(mode, value);
    completion.look(value, selectionStart);
    // Of a note nobody is told.
    if (mode === 'message') relevo.typing.writing(conversation.id);
  };
  const send = (): void => {
    if (!isReady) return;
    if (mode === 'note') void relevo.outbox.note(conversation.id, { text, mentions: mentionedIn(text, mentions) });
    else void relevo.outbox.message(conversation.id, { text, seenSeq, files });
    relevo.typing.leftOff();
    inHand.setText(mode, '');
    completion.end();
    // A button that is not ready any more loses the focus, and what is typed on would be shortcuts.
    field.current?.focus();
  };
  const attach = (added: readonly File[]): void => {
    chosen.add(added);
    field.current?.focus();
  };
  const completion = useCompletion({ conversation, mode, inHand, field });

  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (completion.press(event)) return;
    const meaning = meaningOf(keyPressOf(event), sendKey);
    if (meaning === null || meaning === 'native') return;
    event.preventDefault();
    if (meaning === 'send') send();
    else insertText(event.currentTarget, '\n');
  };

  const stopRecording = (): void => {
    setRecording(false);
    field.current?.focus();
  };

  return (
    <>
      <Completion completion={completion} />
      <div className={classes.writing}>
        {mode === 'note' && <MentionGround ground={ground} text={text} chosen={mentions} />}
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
          onScroll={({ currentTarget }) => ground.current?.scrollTo({ top: currentTarget.scrollTop })}
          onBlur={completion.end}
          {...completion.aria}
        />
      </div>
      {mode === 'message' && <Tray chosen={chosen} />}
      {isRecording && <VoiceHere conversation={conversation} seenSeq={seenSeq} onClose={stopRecording} />}
      <div className={classes.foot}>
        {mode === 'message' && <AttachButton onChoose={attach} />}
        <EmojiButton onChoose={(emoji) => field.current && insertText(field.current, emoji)} />
        {mode === 'message' && hasReplies && (
          <SignButton sign="/" label={t('quickReply')} field={field}>
            <IconBolt size={18} stroke={1.7} />
          </SignButton>
        )}
        {mode === 'note' && (
          <SignButton sign="@" label={t('mention')} field={field}>
            <IconAt size={18} stroke={1.7} />
          </SignButton>
        )}
        {mode === 'message' && isVoiceEnabled && !isRecording && <VoiceButton onRecord={() => setRecording(true)} />}
        <ComposerHint mode={mode} tooMany={tooMany} named={mode === 'note' ? mentionedIn(text, mentions) : none} />
        {mode === 'note' ? (
          <Button size="xs" color="yellow.8" autoContrast leftSection={<IconNote size={15} />} disabled={!isReady} onClick={send}>
            {t('saveNote')}
          </Button>
        ) : (
          // What is recorded has a button of its own.
          (!isRecording || isReady) && (
            <Button size="xs" leftSection={<IconSend2 size={15} />} disabled={!isReady} onClick={send}>
              {t('send')}
            </Button>
          )
        )}
      </div>
    </>
  );
}
