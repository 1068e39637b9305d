import type { KeyValueStorage } from '@relevo/client';
import classes from './app.module.css';
import { ChannelForm } from './channel-form';
import { ChannelPage } from './channel-page';
import { LanguageChoice } from './i18n/language-choice';
import { useTexts } from './i18n/language-provider';

interface Props {
  /** Empty: the address names none. */
  readonly channelId: string;
  readonly storage: KeyValueStorage;
}

export function App({ channelId, storage }: Props) {
  const texts = useTexts();
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} width={30} height={30} alt="" />
        <div className={classes.titles}>
          <h1>{texts.title}</h1>
          <p>{texts.subtitle}</p>
        </div>
        <a className={classes.console} href="/app/" target="_blank" rel="noopener">
          {texts.openConsole}
        </a>
        <LanguageChoice />
      </header>
      <main className={classes.main}>{channelId === '' ? <ChannelForm /> : <ChannelPage channelId={channelId} storage={storage} />}</main>
    </div>
  );
}
