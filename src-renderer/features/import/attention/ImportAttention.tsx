import { useStore } from 'zustand';
import { importStore } from '../importStore';
import { PasswordStrip } from './PasswordStrip';
import { PauseStrip } from './PauseStrip';
import './attention.css';

/** What a running import needs of the person to go on: under the window's bar, in the way of nothing. */
export function ImportAttention() {
  const running = useStore(importStore, (state) => state.running);
  if (!running || running.isCancelling) return null;
  return (
    <>
      {running.pause && <PauseStrip pause={running.pause} />}
      {running.passwords.map((request) => (
        <PasswordStrip key={request.archiveId} request={request} />
      ))}
    </>
  );
}
