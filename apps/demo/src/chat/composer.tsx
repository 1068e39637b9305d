import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n/language-provider';
import classes from './composer.module.css';

/** In code points; the contract's. */
const longest = 4_096;

interface Props {
  readonly draft: string;
  readonly onDraft: (text: string) => void;
  /** At each key. */
  readonly onKey: () => void;
  readonly onSend: (text: string) => void;
}

export function Composer({ draft, onDraft, onKey, onSend }: Props) {
  const texts = useTexts();
  const hint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(draft);
  const over = [...text].length - longest;
  const isSendable = text.trim() !== '' && over <= 0;

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
      <button type="submit" className="primary" disabled={!isSendable}>
        {texts.send}
      </button>
      <p id={hint} className={classes.hint} data-over={over > 0 || undefined} role={over > 0 ? 'alert' : undefined}>
        {over > 0 ? texts.tooLong(over) : texts.writeHint}
      </p>
    </form>
  );
}
