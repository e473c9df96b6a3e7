import { cloneElement, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { Tooltip } from '../../ui';
import { libraryModeStore } from '../../viewing/libraryMode';

type Guarded = ReactElement<{ readonly disabled?: boolean | undefined }>;

/** Turns off a button that changes the library while it takes no changes, and says why on hover. */
export function useWriteGuard(): (button: Guarded) => ReactElement {
  const mode = useStore(libraryModeStore, (state) => state.mode);
  if (mode.mode === 'read-write') return (button) => button;
  return (button) => (
    <Tooltip text={mode.reason}>
      {/* A disabled button hears no pointer; its frame does. */}
      <span className="storage-guarded">{cloneElement(button, { disabled: true })}</span>
    </Tooltip>
  );
}
