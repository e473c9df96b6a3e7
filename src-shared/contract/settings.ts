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
};

export const settingsSchema = z.object({
  overlayLevel: keys.overlayLevel.default('full'),
  interpolation: keys.interpolation.default('linear'),
  interfaceBrightness: keys.interfaceBrightness.default(1),
  cineFramesPerSecond: keys.cineFramesPerSecond.default(15),
  frameCacheMb: keys.frameCacheMb.default(1024),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsContract = {
  read: oc.output(type<Settings>()),
  /** Keys left out stay as they are, which is why this is not `settingsSchema.partial()`: that fills in defaults. */
  write: oc.input(z.object(keys).partial()).output(type<Settings>()),
};
