import { Button } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClosedBar } from '../composer/bars';
import { modeWanted } from '../composer/mode-wanted';
import type { DraftInHand } from '../composer/use-draft';
import { FirstMessage } from './first-message';

interface Props {
  /** Closed. */
  readonly conversation: ConversationView;
  readonly inHand: DraftInHand;
}

/** A closed conversation takes no message: whoever has something to say to its customer begins the next. */
export function WriteFirst({ conversation, inHand }: Props) {
  const { t } = useTranslation('outbound');
  /** `left`: written in before, so that the focus goes back to where it came from. */
  const [step, setStep] = useState<'notice' | 'writing' | 'left'>('notice');
  useEffect(() => modeWanted.listen((mode) => mode === 'message' && setStep('writing')), []);

  if (step === 'writing') {
    return <FirstMessage customer={conversation.customer} channelId={conversation.channelId} inHand={inHand} hint={t('hint')} onLeave={() => setStep('left')} />;
  }
  const write = (
    <Button size="sm" variant="default" autoFocus={step === 'left'} onClick={() => setStep('writing')}>
      {t('writeTo')}
    </Button>
  );
  return <ClosedBar action={write} />;
}
