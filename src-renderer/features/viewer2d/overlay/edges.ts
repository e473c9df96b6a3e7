/** The letters on the four edges follow the image when it is turned or mirrored. */
import type { EdgeLetters } from '../../../../src-shared/dicom/orientation';
import { turn, type Camera } from '../../../viewing/camera';

/** `letters` are those of the image as stored. */
export function turnedEdges(letters: EdgeLetters, camera: Camera): EdgeLetters {
  const { a, b, c, d } = turn(camera);
  const toward = (alongColumns: number, alongRows: number): string => {
    if (alongColumns !== 0) return alongColumns > 0 ? letters.right : letters.left;
    return alongRows > 0 ? letters.bottom : letters.top;
  };
  // The map is orthogonal, so its transpose takes canvas directions back to image axes.
  return { right: toward(a, c), left: toward(-a, -c), bottom: toward(b, d), top: toward(-b, -d) };
}
