import { LockKeyhole } from 'lucide-react';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { t } from '../../../strings';
import { Button, classes, TextInput } from '../../../ui';
import type { PasswordRequest } from '../importStore';
import { answerPassword } from '../opening';

/** An archive that wants its password; the rest of the import goes on meanwhile. */
export function PasswordStrip({ request }: { readonly request: PasswordRequest }) {
  const { archiveId, label, wasWrong } = request;
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const isTyping = document.activeElement?.matches('input, textarea, select') ?? false;
    if (!isTyping) field.current?.focus();
  }, []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (password !== '') void answerPassword(archiveId, password);
  };
  return (
    <form className={classes('import-strip', wasWrong && 'is-caution')} data-testid="import-password" onSubmit={submit}>
      <LockKeyhole size={16} strokeWidth={1.5} />
      <p role={wasWrong ? 'alert' : undefined}>
        {wasWrong ? t('import.password.wrong', { label }) : t('import.password.ask', { label })}
      </p>
      <TextInput
        ref={field}
        type="password"
        aria-label={t('import.password.field', { label })}
        placeholder={t('import.password.placeholder')}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" size="small" tone="primary" disabled={password === ''}>
        {t('import.password.open')}
      </Button>
      <Button size="small" tone="quiet" onClick={() => void answerPassword(archiveId, null)}>
        {t('import.password.skip')}
      </Button>
    </form>
  );
}
