/** A medium that appears is offered, once, and the offer is withdrawn when the medium goes. */
import type { ImportReport, MediumEvent } from '../../../../src-shared/contract';
import { services, subscribeForever } from '../../../host';
import { t } from '../../../strings';
import { isLibraryWritable } from '../../../viewing/libraryMode';
import { dismissNotice, notify } from '../../../viewing/notices';
import { importPaths } from '../opening';
import { isWorthOffering, mediaAfter, mediaStore, type Medium } from './mediaStore';

type OnImported = (report: ImportReport | null) => void;

export interface MediaOffers {
  /** Nothing is offered until this was called with `true`: the person's wish has to be known first. */
  setOffers(isWished: boolean): void;
  apply(event: MediumEvent): void;
}

/** `offer` shows an offer and returns its id, by which `withdraw` takes it away. */
export function createMediaOffers(offer: (medium: Medium) => number, withdraw: (id: number) => void): MediaOffers {
  const offered = new Map<string, number>();
  let isWished = false;
  const offerNew = (medium: Medium) => {
    if (isWished && isWorthOffering(medium) && !offered.has(medium.path)) offered.set(medium.path, offer(medium));
  };
  const withdrawFrom = (path: string) => {
    const id = offered.get(path);
    offered.delete(path);
    if (id !== undefined) withdraw(id);
  };
  return {
    setOffers(wished) {
      if (wished === isWished) return;
      isWished = wished;
      const { media } = mediaStore.getState();
      if (isWished) media.forEach(offerNew);
      else for (const { path } of media) withdrawFrom(path);
    },
    apply(event) {
      mediaStore.setState(({ media }) => ({ media: mediaAfter(media, event) }));
      if (event.kind === 'removed') withdrawFrom(event.path);
      else mediaStore.getState().media.forEach(offerNew);
    },
  };
}

/** Follows the media for as long as the page lives. */
export function followMedia(onImported: OnImported): Pick<MediaOffers, 'setOffers'> {
  const offers = createMediaOffers((medium) => offerMedium(medium, onImported), dismissNotice);
  subscribeForever(
    (signal) => {
      // Told anew from the beginning: what went meanwhile is not told.
      mediaStore.setState({ media: [] });
      return services().storage.media(undefined, { signal });
    },
    (event) => offers.apply(event),
  );
  return offers;
}

function offerMedium(medium: Medium, onImported: OnImported): number {
  const { hasDirectory } = medium;
  const label = mediumName(medium);
  return notify({
    tone: 'info',
    message: hasDirectory ? t('import.media.offer.directory', { label }) : t('import.media.offer.other', { label }),
    action: {
      label: hasDirectory ? t('import.media.offer.import') : t('import.media.offer.look'),
      run: () => importMedium(medium, onImported),
    },
  });
}

export function importMedium({ path }: Medium, onImported: OnImported): void {
  if (isLibraryWritable()) void importPaths([path]).then(onImported);
}

/** `Disc “PAT_CD”`; without a label, where it is. */
export function mediumName({ label, path, isOptical }: Medium): string {
  const words = label === '' ? path : label;
  return isOptical ? t('import.media.offer.disc', { label: words }) : t('import.media.offer.volume', { label: words });
}
