import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../session/code-of';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { LanguageMenu } from '../shell/language-menu';
import { Logo } from '../ui/logo';
import classes from './login-page.module.css';

interface Fields {
  readonly email: string;
  readonly password: string;
}

/** `ended`: somebody was at work here when their session ended. */
export function LoginPage({ ended }: { readonly ended: boolean }) {
  const { t } = useTranslation('login');
  const relevo = useRelevo();
  const say = useSay();
  const [fields, setFields] = useState<Fields>({ email: '', password: '' });
  const [missing, setMissing] = useState<Partial<Record<keyof Fields, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const set = (name: keyof Fields) => (event: { currentTarget: HTMLInputElement }) => setFields({ ...fields, [name]: event.currentTarget.value });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const lacking = (['email', 'password'] as const).filter((name) => fields[name].trim() === '');
    setMissing(Object.fromEntries(lacking.map((name) => [name, t('required')])));
    if (lacking.length > 0 || isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      await relevo.login({ email: fields.email.trim(), password: fields.password });
    } catch (error) {
      setFailure(messageOf(codeOf(error)));
    } finally {
      setBusy(false);
    }
  };

  function messageOf(code: string): string {
    if (code === 'UNAUTHENTICATED' || code === 'VALIDATION_FAILED') return t('wrong');
    return code === 'RATE_LIMITED' ? t('tooMany') : say(code);
  }

  return (
    <main className={classes.page}>
      <div className={classes.language}>
        <LanguageMenu />
      </div>
      <form className={classes.card} onSubmit={(event) => void submit(event)} noValidate>
        <Logo size={40} />
        <h1 className={classes.title}>{t('title')}</h1>
        <p className={classes.subtitle}>{t('subtitle')}</p>
        {ended && failure === null && <Alert color="yellow">{t('ended')}</Alert>}
        {failure !== null && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        <TextInput label={t('email')} type="email" autoComplete="username" size="md" autoFocus value={fields.email} onChange={set('email')} error={missing.email} />
        <PasswordInput label={t('password')} autoComplete="current-password" size="md" value={fields.password} onChange={set('password')} error={missing.password} visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), title: t('showPassword') }} />
        <Button type="submit" size="md" loading={isBusy} fullWidth>
          {t('submit')}
        </Button>
      </form>
    </main>
  );
}
