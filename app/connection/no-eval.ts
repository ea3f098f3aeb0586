/**
 * Imported before any schema: zod otherwise tries `new Function` when schemas are made, and the page's policy
 * reports each try as a violation.
 */
import { config } from 'zod';

config({ jitless: true });
