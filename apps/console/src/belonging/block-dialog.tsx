import { Button, Modal } from '@mantine/core';
import type { CustomerView } from '@relevo/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import classes from './block-dialog.module.css';

interface Props {
  readonly customer: CustomerView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Says what a block does before it is done. */
export function BlockDialog({ customer, isOpen, onClose }: Props) {
  const { t } = useTranslation('belonging');
  const { t: common } = useTranslation('common');
  const { customerCommands } = useRelevo();
  const say = useSay();
  const [isBusy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const name = customer.name || common('unnamedCustomer');

  const close = (): void => {
    setCode(null);
    onClose();
  };
  const block = async (): Promise<void> => {
    setBusy(true);
    setCode(null);
    try {
      await customerCommands.block(customer.id);
      close();
    } catch (error) {
      setCode(codeOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={isOpen} onClose={close} title={t('blockTitle', { name })} size={440} radius="lg" yOffset="16vh" transitionProps={{ duration: 100 }} closeButtonProps={{ 'aria-label': common('close') }}>
      <p className={classes.words}>{t('blockWords')}</p>
      {code !== null && (
        <p className={classes.refused} role="alert">
          {t('failed', { reason: say(code) })}
        </p>
      )}
      <div className={classes.buttons}>
        <Button size="sm" variant="default" onClick={close} data-autofocus>
          {common('cancel')}
        </Button>
        <Button size="sm" color="red.8" loading={isBusy} onClick={() => void block()}>
          {t('block')}
        </Button>
      </div>
    </Modal>
  );
}
