import { ActionIcon, Loader, Popover } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconMoodSmile } from '../ui/icons';

const EmojiPanel = lazy(async () => ({ default: (await import('./emoji-panel')).EmojiPanel }));

/** Opens the picker, which is loaded only then. With an emoji the caret goes back to the text, without one to the button. */
export function EmojiButton({ onChoose }: { readonly onChoose: (emoji: string) => void }) {
  const { t } = useTranslation('composer');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus shadow="lg" radius="md" withinPortal>
      <Popover.Target>
        <ActionIcon ref={button} size="md" aria-label={t('emoji')} title={t('emoji')} onClick={() => setOpen(!isOpen)}>
          <IconMoodSmile size={18} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        p={0}
        onKeyDownCapture={({ key }) => {
          if (key === 'Escape') button.current?.focus();
        }}
      >
        <Suspense fallback={<Loader size="sm" m="xl" />}>
          <EmojiPanel
            onChoose={(emoji) => {
              setOpen(false);
              onChoose(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
