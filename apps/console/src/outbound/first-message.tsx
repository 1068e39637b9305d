import { Button, Textarea } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Bar } from '../composer/bars';
import { ComposerHint } from '../composer/composer-hint';
import composer from '../composer/composer.module.css';
import { insertText } from '../composer/insert';
import { keyPressOf, meaningOf } from '../composer/keys';
import { tooManyIn } from '../composer/length';
import type { DraftInHand } from '../composer/use-draft';
import { useAddresses } from '../filters/use-view';
import { useSettings } from '../session/relevo-context';
import { IconSend2 } from '../ui/icons';
import { OutcomeLine } from './outcome-line';
import { useBeginning } from './use-beginning';

const nobody: readonly string[] = [];

interface Props {
  /** The closed one whose customer is written to. Its draft is what is written: of before it closed, or here. */
  readonly conversation: ConversationView;
  readonly inHand: DraftInHand;
  /** What is written stays a draft. */
  readonly onLeave: () => void;
}

/** The message that begins the next conversation; sent, one is there. */
export function FirstMessage({ conversation, inHand, onLeave }: Props) {
  const { t } = useTranslation('outbound');
  const { t: words } = useTranslation('composer');
  const { t: common } = useTranslation('common');
  const { sendKey } = useSettings();
  const navigate = useNavigate();
  const { of } = useAddresses();
  const field = useRef<HTMLTextAreaElement>(null);
  const { outcome, isBusy, begin } = useBeginning(conversation, (conversationId) => {
    inHand.setText('message', '');
    void navigate(of(conversationId));
  });
  const { message: text } = inHand.draft;
  const name = conversation.customer.name || common('unnamedCustomer');
  const tooMany = tooManyIn(text);
  const isReady = text.trim() !== '' && tooMany <= 0 && !isBusy;

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    // One writes on where the draft ends.
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  const send = (): void => {
    if (!isReady) return;
    // A button that waits loses the focus.
    field.current?.focus();
    void begin(text);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const meaning = meaningOf(keyPressOf(event), sendKey);
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) onLeave();
    else if (meaning === 'send') send();
    else if (meaning === 'break') insertText(event.currentTarget, '\n');
    else return;
    event.preventDefault();
  };

  return (
    <section className={composer.composer} aria-label={t('title', { name })}>
      <Bar title={t('title', { name })} hint={t('hint')} />
      <Textarea
        ref={field}
        className={composer.field}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={12}
        aria-label={words('message', { name })}
        placeholder={words('placeholder', { name })}
        value={text}
        readOnly={isBusy}
        onChange={({ currentTarget }) => inHand.setText('message', currentTarget.value)}
        onKeyDown={press}
      />
      <OutcomeLine outcome={outcome} />
      <div className={composer.foot}>
        <ComposerHint mode="message" tooMany={tooMany} named={nobody} />
        <Button size="xs" variant="default" onClick={onLeave}>
          {common('cancel')}
        </Button>
        <Button size="xs" leftSection={<IconSend2 size={15} />} loading={isBusy} disabled={!isReady} onClick={send}>
          {words('send')}
        </Button>
      </div>
    </section>
  );
}
