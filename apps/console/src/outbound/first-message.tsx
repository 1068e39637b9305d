import { Button, Textarea } from '@mantine/core';
import type { CustomerSummary } from '@relevo/contracts';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar } from '../composer/bars';
import { ComposerHint } from '../composer/composer-hint';
import composer from '../composer/composer.module.css';
import { insertText } from '../composer/insert';
import { keyPressOf, meaningOf } from '../composer/keys';
import { tooManyIn } from '../composer/length';
import type { DraftInHand } from '../composer/use-draft';
import { useOpen } from '../filters/use-view';
import { useSettings } from '../session/relevo-context';
import { IconSend2 } from '../ui/icons';
import { OutcomeLine } from './outcome-line';
import { useBeginning } from './use-beginning';

const nobody: readonly string[] = [];

interface Props {
  readonly customer: CustomerSummary;
  readonly channelId: string;
  /** Whose message is what is written. */
  readonly inHand: DraftInHand;
  /** What comes of sending it. */
  readonly hint: string;
  /** Which channel, where there is a choice; nothing to choose while it is sent. */
  readonly choice?: (isBusy: boolean) => ReactNode;
  /** What is written stays a draft. */
  readonly onLeave: () => void;
}

/** The message that begins the next conversation; sent, one is there. */
export function FirstMessage({ customer, channelId, inHand, hint, choice, onLeave }: Props) {
  const { t } = useTranslation('outbound');
  const { t: words } = useTranslation('composer');
  const { t: common } = useTranslation('common');
  const { sendKey } = useSettings();
  const open = useOpen();
  const field = useRef<HTMLTextAreaElement>(null);
  const { outcome, isBusy, begin } = useBeginning({ customerId: customer.id, channelId }, (conversationId) => {
    inHand.setText('message', '');
    open(conversationId);
  });
  const { message: text } = inHand.draft;
  const name = customer.name || common('unnamedCustomer');
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
    if (meaning === 'send') send();
    else if (meaning === 'break') insertText(event.currentTarget, '\n');
    else return;
    event.preventDefault();
  };

  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    // A pane that came over the others stays.
    event.stopPropagation();
    onLeave();
  };

  return (
    <section className={composer.composer} onKeyDown={leave} aria-label={t('title', { name })}>
      <Bar title={t('title', { name })} hint={hint} />
      {choice?.(isBusy)}
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
