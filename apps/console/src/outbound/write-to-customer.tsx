import { Button, Radio, Stack } from '@mantine/core';
import type { ConversationView, CustomerView } from '@relevo/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../composer/use-draft';
import { useDirectory } from '../session/use-directory';
import { IconMessageCircle } from '../ui/icons';
import { type WayTo, waysTo } from './channels';
import { FirstMessage } from './first-message';
import classes from './write-to-customer.module.css';

interface Props {
  readonly customer: CustomerView;
  /** That is open beside it. */
  readonly conversation: ConversationView;
}

/** Writing to a customer from what is known of them, by whichever of their channels; nothing where there is none. */
export function WriteToCustomer({ customer, conversation }: Props) {
  const { t } = useTranslation('outbound');
  const { channels } = useDirectory();
  const ways = waysTo(customer, conversation, channels);
  /** `left`: written in before, so that the focus goes back to where it came from. */
  const [step, setStep] = useState<'offer' | 'writing' | 'left'>('offer');
  const [first] = ways;
  if (!first) return null;
  if (step === 'writing') {
    return (
      <div className={classes.writing}>
        <Writing customer={customer} ways={ways} first={ways.find(({ channelId }) => channelId === conversation.channelId) ?? first} onLeave={() => setStep('left')} />
      </div>
    );
  }
  return (
    <div className={classes.offer}>
      <Button fullWidth size="sm" variant="default" leftSection={<IconMessageCircle size={16} stroke={1.7} />} autoFocus={step === 'left'} onClick={() => setStep('writing')}>
        {t('writeTo')}
      </Button>
    </div>
  );
}

function Writing({ customer, ways, first, onLeave }: Pick<Props, 'customer'> & { readonly ways: readonly WayTo[]; readonly first: WayTo; readonly onLeave: () => void }) {
  const { t } = useTranslation('outbound');
  const inHand = useDraft(`customer.${customer.id}`);
  const [chosenId, setChosenId] = useState(first.channelId);
  // It may have gone meanwhile.
  const chosen = ways.find(({ channelId }) => channelId === chosenId) ?? first;
  const choice = (isBusy: boolean) => (
    <Radio.Group className={classes.choice} size="sm" label={t('channel')} value={chosen.channelId} onChange={setChosenId}>
      <Stack gap={8} mt={6}>
        {ways.map(({ channelId, label }) => (
          <Radio key={channelId} size="sm" value={channelId} label={label} disabled={isBusy} />
        ))}
      </Stack>
    </Radio.Group>
  );
  const hint = ways.length > 1 ? t('hintChoose') : t('hintBy', { channel: chosen.label });
  return <FirstMessage customer={customer} channelId={chosen.channelId} inHand={inHand} hint={hint} choice={ways.length > 1 ? choice : undefined} onLeave={onLeave} />;
}
