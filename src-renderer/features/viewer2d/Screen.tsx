/** The reading screen: who, the rail, the tools, and the grid of viewports. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { screenStore, visibleIndices } from '../../viewing/screen';
import { BarContent } from '../../ui';
import { LoadingStatus } from './bar/LoadingStatus';
import { PatientBar } from './bar/PatientBar';
import { driveCine } from './cine/cineDriver';
import { followLibrary } from './session/followLibrary';
import { imagingSession } from './session/imaging';
import { SeriesStrip } from './strip/SeriesStrip';
import { ReadingToolbar } from './toolbar/ReadingToolbar';
import { ViewportCell } from './viewport/ViewportCell';
import './reading.css';

export function Screen() {
  useEffect(() => driveCine(imagingSession().frames), []);
  useEffect(followLibrary, []);
  return (
    <div className="reading" data-testid="reading-screen">
      <BarContent>
        <PatientBar />
      </BarContent>
      <LoadingStatus />
      <SeriesStrip />
      <div className="reading-main">
        <ReadingToolbar />
        <ViewportGrid />
      </div>
    </div>
  );
}

/** Hidden viewports are taken out: they keep their state, and give back their picture. */
function ViewportGrid() {
  const indices = useStore(screenStore, (state) => visibleIndices(state).join(','));
  const layout = useStore(screenStore, (state) => state.layout);
  const isMaximised = useStore(screenStore, (state) => state.isMaximised);
  const { rows, columns } = isMaximised ? { rows: 1, columns: 1 } : layout;
  return (
    <div
      className="reading-grid"
      data-testid="viewport-grid"
      style={{ gridTemplate: `repeat(${String(rows)}, minmax(0, 1fr)) / repeat(${String(columns)}, minmax(0, 1fr))` }}
    >
      {indices.split(',').map((index) => (
        <ViewportCell key={index} id={`viewport-${index}`} number={Number(index) + 1} />
      ))}
    </div>
  );
}
