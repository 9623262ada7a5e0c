// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import localUnit from './local.ts';

export const all = [localUnit] as const;
