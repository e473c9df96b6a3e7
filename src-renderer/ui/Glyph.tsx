/** Our own pictures, in the strokes of the icon set: 24 units wide, 1.5 px lines at 16 to 18 px, no fill. */
import type { ReactNode } from 'react';

export interface GlyphProps {
  /** CSS pixels. */
  readonly size?: number;
}

function Glyph({ size = 16, children }: GlyphProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={36 / size}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

/** Brightness and contrast of a picture: a disc, half of it filled. */
export function WindowGlyph(props: GlyphProps) {
  return (
    <Glyph {...props}>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" stroke="none" />
    </Glyph>
  );
}

/** A pile of pictures to go through. */
export function ScrollGlyph(props: GlyphProps) {
  return (
    <Glyph {...props}>
      <path d="M12 3 4 7l8 4 8-4z" />
      <path d="m4 12 8 4 8-4" />
      <path d="m4 17 8 4 8-4" />
    </Glyph>
  );
}

/** One picture pixel is one screen pixel. */
export function OneToOneGlyph(props: GlyphProps) {
  return (
    <Glyph {...props}>
      <path d="m4 8 2-2v12M16 8l2-2v12" />
      <path d="M12 10v.01M12 15v.01" />
    </Glyph>
  );
}

/** The mark of the house: the centre of the rotation, in a frame of crossing planes. */
export function MarkGlyph(props: GlyphProps) {
  return (
    <Glyph {...props}>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 1.5V8M12 16v6.5M1.5 12H8M16 12h6.5" />
      <circle cx="12" cy="12" r="1.25" fill="currentColor" stroke="none" />
    </Glyph>
  );
}
