import { keyCaps } from './keys';
import './Kbd.css';

/** A key pattern as key caps. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="ui-kbd">
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
