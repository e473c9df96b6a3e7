/** The English catalogue, one file per room. Keys are `room.what`; translations mirror this tree. */
import { app } from './app';
import { importing } from './import';
import { library } from './library';
import { reading } from './reading';
import { settings } from './settings';
import { storage } from './storage';

export const en = { app, library, import: importing, settings, storage, reading } as const;
