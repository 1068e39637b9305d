import { ActionIcon } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import { insertText } from './insert';

interface Props {
  /** What opens the list of what can be put into the text: `/` or `@`. */
  readonly sign: string;
  readonly label: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly children: ReactNode;
}

/** Types a sign for whoever does not know it, or has no key for it at hand. After a word it needs a space to be one. */
export function SignButton({ sign, label, field, children }: Props) {
  const type = (): void => {
    const { current } = field;
    if (!current) return;
    const isAfterWord = /\S$/u.test(current.value.slice(0, current.selectionStart));
    insertText(current, isAfterWord ? ` ${sign}` : sign);
  };
  return (
    <ActionIcon size="md" aria-label={label} title={label} onClick={type}>
      {children}
    </ActionIcon>
  );
}
