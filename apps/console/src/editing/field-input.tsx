import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from './fields';

interface Props {
  readonly field: Field;
  readonly text: string;
  readonly error: string | null;
  readonly describedBy: string;
  readonly isSaving: boolean;
  /** It was just begun. */
  readonly isWanted: boolean;
  readonly onType: (text: string) => void;
}

/** What a value of each type is written with. */
export function FieldInput({ field, text, error, describedBy, isSaving, isWanted, onType }: Props) {
  const { t, i18n } = useTranslation('editing');
  const { t: customer } = useTranslation('customer');
  const box = useRef<HTMLDivElement>(null);
  const { label, type, options, required } = field;

  useEffect(() => {
    const input = isWanted ? box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('input, textarea, select') : null;
    input?.focus();
    if (input && 'select' in input) input.select();
  }, [isWanted]);

  const all = { 'aria-label': label, 'aria-describedby': describedBy, error: error ?? undefined, errorProps: { size: 'md' }, required, size: 'xs' } as const;
  // While it is being saved it keeps the focus, which a disabled one would lose.
  const written = { ...all, value: text, readOnly: isSaving, autoComplete: 'off' } as const;
  const change = (event: { readonly currentTarget: { readonly value: string } }): void => onType(event.currentTarget.value);
  const chooser = (choices: readonly { readonly value: string; readonly label: string }[]) => (
    <NativeSelect {...all} value={text} data={[{ value: '', label: t('none') }, ...choices]} onChange={change} />
  );

  const input = () => {
    switch (type) {
      case 'text':
        return <Textarea {...written} autosize minRows={1} maxRows={8} onChange={change} />;
      case 'number':
        return (
          <NumberInput
            {...written}
            hideControls
            decimalSeparator={(0.5).toLocaleString(i18n.language).slice(1, 2)}
            allowedDecimalSeparators={['.', ',']}
            onChange={(value) => onType(String(value))}
          />
        );
      case 'date':
        return <TextInput {...written} type="date" onChange={change} />;
      case 'boolean':
        return chooser([
          { value: 'true', label: customer('yes') },
          { value: 'false', label: customer('no') },
        ]);
      case 'list':
        // What was chosen before an admin took the option away stays to be seen.
        return chooser([...(text === '' || options.includes(text) ? [] : [text]), ...options].map((option) => ({ value: option, label: option })));
      case 'email':
      case 'phone':
        return <TextInput {...written} inputMode={type === 'email' ? 'email' : 'tel'} spellCheck={false} onChange={change} />;
    }
  };
  return <div ref={box}>{input()}</div>;
}

export type FieldKey = 'save' | 'back' | null;

/** What a key means in an input: Enter saves, unless it breaks a line or ends a character; Escape takes back. */
export function meaningOfKey(event: KeyboardEvent): FieldKey {
  const { key, shiftKey, nativeEvent } = event;
  if (nativeEvent.isComposing || nativeEvent.keyCode === 229) return null;
  if (key === 'Escape') return 'back';
  return key === 'Enter' && !shiftKey && event.target instanceof Element && !event.target.closest('button') ? 'save' : null;
}
