/** How a key pattern (`$mod+Shift+p`, tinykeys' grammar) is printed on a key cap. */

const IS_MAC = typeof navigator === 'object' && /Mac|iP(hone|ad|od)/.test(navigator.platform);

const MAC_LEGENDS: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Meta: '⌘',
  Control: '⌃',
  Shift: '⇧',
  Alt: '⌥',
};

const LEGENDS: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  Meta: 'Win',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  Enter: '↵',
  Delete: 'Del',
  Insert: 'Ins',
  Space: 'Space',
  Backspace: '⌫',
  Minus: '−',
  Equal: '=',
};

/** One cap per key of the first press: `['Ctrl', 'Shift', 'P']`. A Shift that only makes the printed sign is left out. */
export function keyCaps(pattern: string, isMac: boolean = IS_MAC): readonly string[] {
  const [press = ''] = pattern.trim().split(' ');
  const parts = press.split(/(?<=[\w\]])\+/).filter((part) => !/^\[.*\]$/.test(part));
  const last = parts.at(-1) ?? '';
  const isSign = /^[^\w\s]$/.test(last);
  return parts.filter((part) => !(isSign && part === 'Shift')).map((part) => legend(part, isMac));
}

/** The caps in one string: `Ctrl+Shift+P`. */
export function keyText(pattern: string, isMac: boolean = IS_MAC): string {
  return keyCaps(pattern, isMac).join(isMac ? '' : '+');
}

function legend(part: string, isMac: boolean): string {
  const known = (isMac ? MAC_LEGENDS[part] : undefined) ?? LEGENDS[part];
  if (known) return known;
  const bare = part.replace(/^(Key|Digit)(?=.$)/, '');
  return bare.length === 1 ? bare.toUpperCase() : bare;
}
