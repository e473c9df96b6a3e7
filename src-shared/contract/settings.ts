/** Preferences of the person at this machine; every key has a default, an unknown or invalid value falls back to it. */
import './withoutEval';
import { oc, type } from '@orpc/contract';
import { z } from 'zod';

const keys = {
  overlayLevel: z.enum(['full', 'minimal', 'off']),
  interpolation: z.enum(['linear', 'nearest']),
  /** 0.4 to 1: brightness of the interface, not of the images. */
  interfaceBrightness: z.number().min(0.4).max(1),
  cineFramesPerSecond: z.number().min(1).max(60),
  /** Megabytes of decoded frames kept by the renderer. */
  frameCacheMb: z.number().int().min(64).max(16_384),
  /** What happens to files of local folders when nobody says otherwise. */
  folderPlacement: z.enum(['reference', 'copy']),
  /** Of removable media, archives and network shares. */
  mediaPlacement: z.enum(['reference', 'copy']),
  /** Show patients, studies and series and wait for a choice before copying. */
  asksBeforeCopying: z.boolean(),
  /** Offer a medium that appears while Isocenter runs. */
  offersMedia: z.boolean(),
  /** Gigabytes (10⁹ bytes) of the library's own copies; 0: no limit. */
  libraryQuotaGb: z.number().min(0).max(1_000_000),
  /** Days after which what lies in the trash is ended; 0: never by itself. */
  trashDays: z.number().int().min(0).max(3650),
};

export const settingsSchema = z.object({
  overlayLevel: keys.overlayLevel.default('full'),
  interpolation: keys.interpolation.default('linear'),
  interfaceBrightness: keys.interfaceBrightness.default(1),
  cineFramesPerSecond: keys.cineFramesPerSecond.default(15),
  frameCacheMb: keys.frameCacheMb.default(1024),
  folderPlacement: keys.folderPlacement.default('reference'),
  mediaPlacement: keys.mediaPlacement.default('copy'),
  asksBeforeCopying: keys.asksBeforeCopying.default(true),
  offersMedia: keys.offersMedia.default(true),
  libraryQuotaGb: keys.libraryQuotaGb.default(0),
  trashDays: keys.trashDays.default(30),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsContract = {
  read: oc.output(type<Settings>()),
  /** Keys left out stay as they are, which is why this is not `settingsSchema.partial()`: that fills in defaults. */
  write: oc.input(z.object(keys).partial()).output(type<Settings>()),
};
