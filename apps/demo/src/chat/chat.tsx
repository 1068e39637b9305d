import { fileLimits } from '@relevo/client';
import { useState } from 'react';
import { useTexts } from '../i18n/language-provider';
import type { PlayedCustomer } from '../customers/crowd';
import { useStore } from '../use-store';
import { VoiceHere } from '../voice/voice-here';
import { ChatHeader } from './chat-header';
import classes from './chat.module.css';
import { Composer } from './composer';
import { Messages } from './messages';

interface Props {
  readonly customer: PlayedCustomer;
  /** What each customer has begun to write, by id. */
  readonly drafts: Map<string, string>;
  readonly onRename: (name: string) => void;
  readonly onRemove: () => void;
}

export function Chat({ customer, drafts, onRename, onRemove }: Props) {
  const texts = useTexts();
  const { visit } = customer;
  const { status } = useStore(visit.history);
  const link = useStore(visit.connection);
  const files = useStore(visit.chosen);
  const writers = useStore(visit.typing);
  const isVoiceEnabled = useStore(visit.voice);
  const [isRecording, setRecording] = useState(false);
  return (
    <section className={classes.chat}>
      <ChatHeader customer={customer} onRename={onRename} onRemove={onRemove} />
      {link.status === 'offline' && (
        <p className={classes.offline} role="status">
          {texts.offline}
        </p>
      )}
      <Messages customer={customer} />
      <p className={classes.typing} role="status" dir="auto">
        {writers.length > 0 && texts.typing(writers.map((name) => name || texts.bot).join(', '))}
      </p>
      {status === 'closed' && (
        <p className={classes.closed} role="status" data-closed>
          <strong>{texts.closed}.</strong> {texts.closedHint}
        </p>
      )}
      {isRecording && <VoiceHere visit={visit} onClose={() => setRecording(false)} />}
      <Composer
        draft={drafts.get(customer.id) ?? ''}
        onDraft={(text) => drafts.set(customer.id, text)}
        onKey={() => visit.writing()}
        onSend={(text) => void visit.send(text, files)}
        files={files}
        onChoose={(chosen) => visit.choose(chosen.slice(0, fileLimits.perMessage - files.length).map((content) => ({ name: content.name, content })))}
        onRemove={(id) => visit.uploads.remove(id)}
        {...(isVoiceEnabled && { onRecord: () => setRecording(true) })}
        isRecording={isRecording}
      />
    </section>
  );
}
