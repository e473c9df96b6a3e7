/**
 * The page's policy forbids code from strings; zod tries it once, when the first object schema is made, and is refused.
 * Every file that makes schemas imports this first: only then does it run first in every bundle.
 */
import { config } from 'zod';

config({ jitless: true });
