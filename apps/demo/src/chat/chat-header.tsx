import { type FormEvent, useId, useState } from 'react';
import type { PlayedCustomer } from '../customers/crowd';
import { Face } from '../customers/face';
import { useTexts } from '../i18n/language-provider';
import { useStore } from '../use-store';
import classes from './chat-header.module.css';

interface Props {
  readonly customer: PlayedCustomer;
  readonly onRename: (name: string) => void;
  readonly onRemove: () => void;
}

export function ChatHeader({ customer, onRename, onRemove }: Props) {
  const texts = useTexts();
  const { status } = useStore(customer.visit.connection);
  const [isRenaming, setRenaming] = useState(false);
  const words = status === 'live' ? texts.live : texts.connecting;
  return (
    <header className={classes.header}>
      <Face id={customer.id} name={customer.name} />
      {isRenaming ? (
        <Rename
          name={customer.name}
          onDone={(name) => {
            setRenaming(false);
            if (name !== null) onRename(name);
          }}
        />
      ) : (
        <div className={classes.who}>
          <h2>
            <button type="button" className={classes.name} title={texts.rename(customer.name)} aria-label={texts.rename(customer.name)} onClick={() => setRenaming(true)} dir="auto">
              {customer.name} <span aria-hidden>✎</span>
            </button>
          </h2>
          <p className={classes.link} data-link={status}>
            {words}
          </p>
        </div>
      )}
      <button type="button" className="quiet" aria-label={texts.removeCustomer(customer.name)} title={texts.removeCustomer(customer.name)} onClick={onRemove}>
        <span aria-hidden>✕</span>
      </button>
    </header>
  );
}

interface RenameProps {
  readonly name: string;
  /** Null: it stays as it was. */
  readonly onDone: (name: string | null) => void;
}

function Rename({ name, onDone }: RenameProps) {
  const texts = useTexts();
  const hint = useId();
  const finish = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('name');
    onDone(typeof given === 'string' ? given.trim() || null : null);
  };
  return (
    <form className={classes.rename} onSubmit={finish}>
      <input
        name="name"
        aria-label={texts.name}
        aria-describedby={hint}
        defaultValue={name}
        maxLength={60}
        autoComplete="off"
        autoFocus
        onKeyDown={({ key }) => {
          if (key === 'Escape') onDone(null);
        }}
        onBlur={({ currentTarget }) => currentTarget.form?.requestSubmit()}
      />
      <p id={hint}>{texts.nameHint}</p>
    </form>
  );
}
