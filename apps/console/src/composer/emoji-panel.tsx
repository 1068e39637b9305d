import { EmojiPicker } from 'frimousse';
import { useTranslation } from 'react-i18next';
import classes from './emoji-panel.module.css';

/** Names and search words come from our own files, in the language that is spoken. */
const dataUrl = `${import.meta.env.BASE_URL}emoji`;

const columns = 9;

export function EmojiPanel({ onChoose }: { readonly onChoose: (emoji: string) => void }) {
  const { t, i18n } = useTranslation('composer');
  return (
    <EmojiPicker.Root className={classes.root} locale={i18n.language} emojibaseUrl={dataUrl} columns={columns} onEmojiSelect={({ emoji }) => onChoose(emoji)}>
      <EmojiPicker.Search className={classes.search} placeholder={t('emojiSearch')} aria-label={t('emojiSearch')} autoFocus />
      <EmojiPicker.Viewport className={classes.viewport}>
        <EmojiPicker.Loading className={classes.state}>{t('emojiLoading')}</EmojiPicker.Loading>
        <EmojiPicker.Empty className={classes.state}>{t('emojiNone')}</EmojiPicker.Empty>
        <EmojiPicker.List
          className={classes.list}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className={classes.category}>
                {category.label}
              </div>
            ),
            Row: ({ children, ...props }) => (
              // The library counts from 0, which ARIA does not, and finds rows by their number: the first it finds without.
              <div {...props} aria-rowindex={props['aria-rowindex'] === 0 ? undefined : props['aria-rowindex']} className={classes.row}>
                {children}
              </div>
            ),
            Emoji: ({ emoji, ...props }) => (
              <button {...props} aria-colindex={(props['aria-colindex'] ?? 0) + 1} type="button" className={classes.emoji} title={emoji.label}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  );
}
