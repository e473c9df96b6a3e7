/** The two places of the application. */
import { createStore } from 'zustand/vanilla';

export type Place = 'library' | 'reading';

export const placeStore = createStore<{ readonly place: Place }>(() => ({ place: 'library' }));

export function goTo(place: Place): void {
  placeStore.setState({ place });
}
