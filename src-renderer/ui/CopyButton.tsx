import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import { copyText } from './copyText';

export interface CopyButtonProps {
  readonly label: string;
  readonly doneLabel: string;
  /** Asked for when pressed. */
  readonly text: () => string;
}

const SAY_SO_MS = 1500;

/** Copies a text and says so for a moment. */
export function CopyButton({ label, doneLabel, text }: CopyButtonProps) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setDone(false), SAY_SO_MS);
    return () => clearTimeout(timer);
  }, [isDone]);
  const Icon = isDone ? Check : Copy;
  return (
    <Button
      size="small"
      icon={<Icon size={14} strokeWidth={1.5} />}
      onClick={() => void copyText(text()).then((hasWorked) => setDone(hasWorked))}
    >
      {isDone ? doneLabel : label}
    </Button>
  );
}
