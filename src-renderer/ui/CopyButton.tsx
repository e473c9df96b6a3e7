import { Check, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import { copyText } from './copyText';

export interface CopyButtonProps {
  readonly label: string;
  readonly doneLabel: string;
  /** Said when the clipboard may not be used; the text beside it can still be selected. */
  readonly failedLabel: string;
  /** Asked for when pressed. */
  readonly text: () => string;
}

const ICONS = { idle: Copy, done: Check, failed: TriangleAlert } as const;
const SAY_SO_MS = 2000;

/** Copies a text and says for a moment whether it worked. */
export function CopyButton({ label, doneLabel, failedLabel, text }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SAY_SO_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const Icon = ICONS[state];
  return (
    <Button
      size="small"
      icon={<Icon size={14} strokeWidth={1.5} />}
      onClick={() => void copyText(text()).then((hasWorked) => setState(hasWorked ? 'done' : 'failed'))}
    >
      {{ idle: label, done: doneLabel, failed: failedLabel }[state]}
    </Button>
  );
}
