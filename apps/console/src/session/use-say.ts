import { useTranslation } from 'react-i18next';
import { errorTexts } from '../i18n/errors.texts';

type Known = keyof typeof errorTexts.es;

/** Codes that only the client gives, in the words of what a person can do about them. */
const ofClient: Readonly<Record<string, Known>> = { UNREACHABLE: 'OFFLINE' };

const isKnown = (code: string): code is Known => Object.hasOwn(errorTexts.es, code);

/** Says what a code means; one of a newer gateway is said in general. */
export function useSay(): (code: string) => string {
  const { t } = useTranslation('errors');
  return (code) => {
    const known = ofClient[code] ?? code;
    return t(isKnown(known) ? known : 'INTERNAL');
  };
}
