import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Upload } from '@relevo/client';
import { useTexts } from '../i18n/language-provider';
import { ChosenFiles } from './chosen-files';
import classes from './composer.module.css';

/** In code points; the contract's. */
const longest = 4_096;

interface Props {
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  /** At each key. */
  readonly onKey: () => void;
  readonly onSend: (text: string) => void;
  readonly files: readonly Upload[];
  readonly onChoose: (files: readonly File[]) => void;
  readonly onRemove: (uploadId: string) => void;
  /** Absent where no voice message can be recorded. */
  readonly onRecord?: () => void;
  /** One is being recorded: what sends that is beside it. */
  readonly isRecording: boolean;
}

export function Composer({ draft, onDraft, onKey, onSend, files, onChoose, onRemove, onRecord, isRecording }: Props) {
  const texts = useTexts();
  const hint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(draft);
  const over = [...text].length - longest;
  const picker = useRef<HTMLInputElement>(null);
  const isSendable = (text.trim() !== '' || files.length > 0) && over <= 0 && files.every(({ state }) => state !== 'refused');

  const write = (next: string): void => {
    setText(next);
    onDraft(next);
  };
  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!isSendable) return;
    onSend(text);
    write('');
    field.current?.focus();
  };
  // Enter that ends a composition chooses a character; it does not send.
  const decide = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (event.ctrlKey) field.current?.setRangeText('\n', field.current.selectionStart, field.current.selectionEnd, 'end');
    if (event.ctrlKey) write(field.current?.value ?? text);
    else send();
  };
  return (
    <form className={classes.composer} onSubmit={send}>
      <ChosenFiles files={files} onRemove={onRemove} />
      <button type="button" className={classes.tool} aria-label={texts.attach} title={texts.attach} onClick={() => picker.current?.click()}>
        📎
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        data-attach
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      {onRecord && !isRecording && (
        <button type="button" className={classes.tool} aria-label={texts.recordVoice} title={texts.recordVoice} onClick={onRecord}>
          🎤
        </button>
      )}
      <textarea
        ref={field}
        className={classes.field}
        value={text}
        rows={1}
        aria-label={texts.write}
        placeholder={texts.write}
        aria-describedby={hint}
        aria-invalid={over > 0 || undefined}
        dir="auto"
        onChange={({ target }) => {
          write(target.value);
          if (target.value.trim() !== '') onKey();
        }}
        onKeyDown={decide}
      />
      {(!isRecording || isSendable) && (
        <button type="submit" className="primary" disabled={!isSendable}>
          {texts.send}
        </button>
      )}
      <p id={hint} className={classes.hint} data-over={over > 0 || undefined} role={over > 0 ? 'alert' : undefined}>
        {over > 0 ? texts.tooLong(over) : texts.writeHint}
      </p>
    </form>
  );
}
