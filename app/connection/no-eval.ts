/**
 * Imported before any schema: otherwise zod tries `new Function` when schemas are made, and the page's policy reports
 * each attempt as a violation.
 */
import { config } from 'zod';

config({ jitless: true });
