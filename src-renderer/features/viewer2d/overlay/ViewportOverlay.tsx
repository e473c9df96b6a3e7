/** Everything written over one picture. It lets the hand through, except where something can be pressed. */
import { preferenceStore } from '../../../viewing/preferences';
import { useStore } from 'zustand';
import { BottomLeft, BottomRight, TopLeft, TopRight } from './Corners';
import { Edges } from './Edges';
import { FailureCard } from './FailureCard';
import { ScaleBar } from './ScaleBar';
import { SliceSlider } from './SliceSlider';
import { useShown } from '../state';
import './overlay.css';

export function ViewportOverlay({ id }: { readonly id: string }) {
  const level = useStore(preferenceStore, ({ overlayLevel }) => overlayLevel);
  const isLoading = useShown(id, ({ status }) => status === 'loading');
  return (
    <div className="overlay" data-level={level}>
      {isLoading && <div className="overlay-loading" />}
      <TopLeft id={id} level={level} />
      <TopRight id={id} level={level} />
      <BottomLeft id={id} level={level} />
      <BottomRight id={id} level={level} />
      <Edges id={id} />
      {level !== 'off' && <ScaleBar id={id} />}
      <FailureCard id={id} />
      <SliceSlider id={id} />
    </div>
  );
}
