import { Modal } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TransferContext } from './transfer-context';
import { TransferForm } from './transfer-form';

/** Apart from the menus and rows that ask for it, which may be gone before somebody has chosen. */
export function TransferProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('transfer');
  const { t: common } = useTranslation('common');
  const [conversation, open] = useState<ConversationView | null>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const [ask] = useState(() => (asked: ConversationView) => {
    open(asked);
    setOpen(true);
  });
  return (
    <TransferContext value={ask}>
      {children}
      <Modal
        opened={isOpen}
        onClose={close}
        title={conversation && t('title', { name: conversation.customer.name || common('unnamedCustomer') })}
        size={520}
        radius="lg"
        yOffset="8vh"
        transitionProps={{ duration: 100 }}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        {conversation && <TransferForm conversation={conversation} onDone={close} />}
      </Modal>
    </TransferContext>
  );
}
