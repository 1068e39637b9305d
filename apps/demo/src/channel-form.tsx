import { type FormEvent, useId } from 'react';
import classes from './channel-form.module.css';
import { useTexts } from './i18n/language-provider';

/** Where the address names no channel, or none that there is. */
export function ChannelForm({ unknown }: { readonly unknown?: string }) {
  const texts = useTexts();
  const id = useId();
  const isUnknown = unknown !== undefined;
  const enter = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const channel = new FormData(event.currentTarget).get('channel');
    if (typeof channel === 'string' && channel.trim() !== '') location.search = `?${new URLSearchParams({ channel: channel.trim() }).toString()}`;
  };
  return (
    <form className={classes.form} onSubmit={enter}>
      <h2 role={isUnknown ? 'alert' : undefined}>{isUnknown ? texts.unknownChannel : texts.noChannel}</h2>
      <p>{isUnknown ? texts.unknownChannelHint : texts.noChannelHint}</p>
      <label htmlFor={id}>{texts.channelId}</label>
      <div className={classes.field}>
        <input id={id} name="channel" defaultValue={unknown} required maxLength={64} autoComplete="off" spellCheck={false} />
        <button type="submit" className="primary">
          {texts.enter}
        </button>
      </div>
    </form>
  );
}
