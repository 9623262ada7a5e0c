// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import connectCallUnit from './connect-call.ts';
import djangoDatabasesUnit from './django-databases.ts';
import sqlalchemyUriUnit from './sqlalchemy-uri.ts';

export const all = [connectCallUnit, djangoDatabasesUnit, sqlalchemyUriUnit] as const;
