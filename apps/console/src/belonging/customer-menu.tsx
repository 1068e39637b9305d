import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { CustomerView } from '@relevo/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MergeDialog } from '../merging/merge-dialog';
import { codeOf } from '../session/code-of';
import { useMe, useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { useSay } from '../session/use-say';
import { IconBan, IconDots, IconGitMerge, IconLockOpen, IconUser, IconUserCheck, IconUserMinus } from '../ui/icons';
import { BlockDialog } from './block-dialog';
import { rightsOf } from './rights';

const icon = { size: 16, stroke: 1.7 } as const;

/** What can be done with a customer besides correcting what is known of them, and nothing that one may not do. */
export function CustomerMenu({ customer }: { readonly customer: CustomerView }) {
  const { t } = useTranslation('belonging');
  const { t: common } = useTranslation('common');
  const { customerCommands } = useRelevo();
  const me = useMe();
  const say = useSay();
  const [dialog, setDialog] = useState<'merge' | 'block' | null>(null);
  const { id, mergedIntoId } = customer;
  const name = customer.name || common('unnamedCustomer');
  const may = rightsOf(customer, me);
  const attempt = (task: Promise<unknown>): void => {
    task.catch((error: unknown) => notifications.show({ color: 'red', message: t('failed', { reason: say(codeOf(error)) }) }));
  };
  // They live on as another.
  if (mergedIntoId !== undefined) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal width={240}>
        <Menu.Target>
          <ActionIcon size={28} aria-label={t('actions', { name })} data-customer-actions>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may.has('take') && (
            <Menu.Item leftSection={<IconUserCheck {...icon} />} onClick={() => attempt(customerCommands.take(id, me.id))}>
              {t('take')}
            </Menu.Item>
          )}
          {may.has('drop') && (
            <Menu.Item leftSection={<IconUserMinus {...icon} />} onClick={() => attempt(customerCommands.drop(id))}>
              {t(customer.affinityAgentId === me.id ? 'dropOwn' : 'drop')}
            </Menu.Item>
          )}
          {may.has('give') && <Give customer={customer} onGive={(agentId) => attempt(customerCommands.take(id, agentId))} />}
          <Menu.Item leftSection={<IconGitMerge {...icon} />} onClick={() => setDialog('merge')}>
            {t('merge')}
          </Menu.Item>
          {may.has('unblock') && (
            <Menu.Item leftSection={<IconLockOpen {...icon} />} onClick={() => attempt(customerCommands.unblock(id))}>
              {t('unblock')}
            </Menu.Item>
          )}
          {may.has('block') && (
            <Menu.Item color="red" leftSection={<IconBan {...icon} />} onClick={() => setDialog('block')}>
              {t('block')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <MergeDialog customer={customer} isOpen={dialog === 'merge'} onClose={() => setDialog(null)} />
      <BlockDialog customer={customer} isOpen={dialog === 'block'} onClose={() => setDialog(null)} />
    </>
  );
}

/** To any agent: an admin's to do. */
function Give({ customer, onGive }: { readonly customer: CustomerView; readonly onGive: (agentId: string) => void }) {
  const { t } = useTranslation('belonging');
  const { agents } = useDirectory();
  const shown = [...agents.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconUser {...icon} />}>{t('give')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown mah={320} style={{ overflow: 'auto' }}>
        {shown.map(({ id, name }) => (
          <Menu.RadioItem key={id} value={id} checked={customer.affinityAgentId === id} onChange={() => onGive(id)}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
