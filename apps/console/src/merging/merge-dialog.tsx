import { Modal } from '@mantine/core';
import type { CustomerView } from '@relevo/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CandidateSearch } from './candidate-search';
import { MergeReview } from './merge-review';

interface Props {
  readonly customer: CustomerView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** First with whom, then both side by side with what will come of it. */
export function MergeDialog({ customer, isOpen, onClose }: Props) {
  const { t } = useTranslation('merging');
  const { t: common } = useTranslation('common');
  const [other, setOther] = useState<CustomerView | null>(null);
  const close = (): void => {
    setOther(null);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('title', { name: customer.name || common('unnamedCustomer') })}
      size={560}
      radius="lg"
      yOffset="8vh"
      transitionProps={{ duration: 100 }}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {other ? <MergeReview one={customer} other={other} onBack={() => setOther(null)} onDone={close} /> : <CandidateSearch customer={customer} onChoose={setOther} />}
    </Modal>
  );
}
