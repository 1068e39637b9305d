import type { KeyValueStorage } from '@relevo/client';
import { useEffect, useRef, useState } from 'react';
import { ChannelForm } from './channel-form';
import classes from './channel-page.module.css';
import { Chat } from './chat/chat';
import { Crowd, type PlayedCustomer } from './customers/crowd';
import { CustomerList } from './customers/customer-list';
import { useStore } from './use-store';

interface Props {
  readonly channelId: string;
  readonly storage: KeyValueStorage;
}

export function ChannelPage({ channelId, storage }: Props) {
  const [crowd, setCrowd] = useState<Crowd | null>(null);
  useEffect(() => {
    const opening = Crowd.open(storage, channelId);
    let isOver = false;
    void opening.then((opened) => (isOver ? opened.stop() : setCrowd(opened)));
    return () => {
      isOver = true;
      void opening.then((opened) => opened.stop());
    };
  }, [storage, channelId]);
  return crowd && <Play crowd={crowd} channelId={channelId} />;
}

/** What the page knows before the network does: that it is gone or back. */
function useNetworkNews(crowd: Crowd): void {
  useEffect(() => {
    const wake = (): void => crowd.wake();
    const suspend = (): void => crowd.suspend();
    const look = (): void => {
      if (!document.hidden) wake();
    };
    addEventListener('online', wake);
    addEventListener('offline', suspend);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('online', wake);
      removeEventListener('offline', suspend);
      document.removeEventListener('visibilitychange', look);
    };
  }, [crowd]);
}

function Play({ crowd, channelId }: { readonly crowd: Crowd; readonly channelId: string }) {
  useNetworkNews(crowd);
  const customers = useStore(crowd);
  const [chosenId, setChosenId] = useState(customers[0]?.id);
  const chosen = customers.find(({ id }) => id === chosenId) ?? customers[0];
  return chosen && <Stage crowd={crowd} channelId={channelId} customers={customers} chosen={chosen} onChoose={setChosenId} />;
}

interface StageProps {
  readonly crowd: Crowd;
  readonly channelId: string;
  readonly customers: readonly PlayedCustomer[];
  readonly chosen: PlayedCustomer;
  readonly onChoose: (id: string) => void;
}

function Stage({ crowd, channelId, customers, chosen, onChoose }: StageProps) {
  const { refusal } = useStore(chosen.visit.connection);
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  const drafts = useRef(new Map<string, string>());

  const choose = (id: string): void => {
    const lastAt = chosen.visit.history.getSnapshot().entries.at(-1)?.at;
    if (lastAt !== undefined) setSeen((before) => new Map(before).set(chosen.id, lastAt));
    onChoose(id);
  };
  const add = async (): Promise<void> => choose((await crowd.add()).id);
  const remove = async (): Promise<void> => {
    if (customers.length === 1) await crowd.add();
    await crowd.remove(chosen.id);
  };

  if (refusal?.code === 'UNAUTHENTICATED') return <ChannelForm unknown={channelId} />;
  return (
    <div className={classes.stage}>
      <CustomerList customers={customers} chosenId={chosen.id} seen={seen} onChoose={choose} onAdd={() => void add()} />
      <Chat key={chosen.id} customer={chosen} drafts={drafts.current} onRename={(name) => void crowd.rename(chosen.id, name)} onRemove={() => void remove()} />
    </div>
  );
}
