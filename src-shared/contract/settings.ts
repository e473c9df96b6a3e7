/** Preferences of the person at this machine; every key has a default, an unknown or invalid value falls back to it. */
import { oc, type } from '@orpc/contract';
import { z } from 'zod';

export const settingsSchema = z.object({
  overlayLevel: z.enum(['full', 'minimal', 'off']).default('full'),
  interpolation: z.enum(['linear', 'nearest']).default('linear'),
  /** 0.4 to 1: brightness of the interface, not of the images. */
  interfaceBrightness: z.number().min(0.4).max(1).default(1),
  cineFramesPerSecond: z.number().min(1).max(60).default(15),
  /** Megabytes of decoded frames kept by the renderer. */
  frameCacheMb: z.number().int().min(64).max(16_384).default(1024),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsContract = {
  read: oc.output(type<Settings>()),
  write: oc.input(settingsSchema.partial()).output(type<Settings>()),
};
