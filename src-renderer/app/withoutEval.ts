/** The page's policy forbids code from strings; zod would try it once and be refused. Imported before any schema exists. */
import { config } from 'zod';

config({ jitless: true });
