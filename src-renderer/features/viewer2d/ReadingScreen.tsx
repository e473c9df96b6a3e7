import { lazy, Suspense } from 'react';
import { preloadScreen } from './session/preload';

const Screen = lazy(preloadScreen);

/** The reading screen; black while its code is on the way. */
export function ReadingScreen() {
  return (
    <Suspense fallback={null}>
      <Screen />
    </Suspense>
  );
}
