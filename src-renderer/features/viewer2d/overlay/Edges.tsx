/** The four letters, shown at every overlay level: without them left and right are a guess. */
import { edgeLetters } from '../../../../src-shared/dicom/orientation';
import { wantedImage } from '../../../viewing/screen';
import { useViewport } from '../state';
import { turnedEdges } from './edges';

export function Edges({ id }: { readonly id: string }) {
  const camera = useViewport(id, (viewport) => viewport.camera);
  const image = useViewport(id, wantedImage);
  const stored = image && edgeLetters(image.record);
  if (!stored) return null;
  const letters = turnedEdges(stored, camera);
  return (
    <>
      {(['left', 'right', 'top', 'bottom'] as const).map((edge) => (
        <span key={edge} className={`overlay-edge is-${edge}`} data-testid={`edge-${edge}`}>
          {letters[edge]}
        </span>
      ))}
    </>
  );
}
