import type { Refusal } from '@relevo/client';
import { useTranslation } from 'react-i18next';
import { useSay } from '../session/use-say';
import type { Field } from './fields';

/** Whether an error of the services is of this field: of `set.<key>`, `name`, or of what was to be taken out. */
const isOf = ({ key }: Field, path: string): boolean => (key === null ? path === 'name' : path === `set.${key}` || path === 'unset');

/** Says at a field why it was not saved. */
export function useRefusalWords(): (field: Field, refusal: Refusal) => string {
  const { t } = useTranslation('editing');
  const say = useSay();
  return (field, { code, errors = [] }) => {
    const error = errors.find(({ path }) => isOf(field, path));
    if (error && code === 'VALIDATION_FAILED') return field.key === null ? t('invalidName') : t(`invalid_${field.type}`);
    if (error && code === 'RULE_VIOLATED') return t(error.path === 'unset' && !field.readOnly ? 'isRequired' : 'isReadOnly');
    return say(code);
  };
}
