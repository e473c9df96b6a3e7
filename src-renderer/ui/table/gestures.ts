/** What a press or a key means for the selection, in the conventions of file managers. */

/** `one`: this row alone; `toggle`: this one more or less; `range`: from the anchor to here; `move`: only the cursor goes. */
export type SelectHow = 'one' | 'toggle' | 'range' | 'move';

interface Modifiers {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

export function howPressed({ ctrlKey, metaKey, shiftKey }: Modifiers): SelectHow {
  if (shiftKey) return 'range';
  return ctrlKey || metaKey ? 'toggle' : 'one';
}

/** The same for a key that moves the cursor. */
export function howMoved(event: Modifiers): SelectHow {
  const how = howPressed(event);
  return how === 'toggle' ? 'move' : how;
}
