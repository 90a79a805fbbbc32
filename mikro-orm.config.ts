import { ormOptions } from './main/database/orm-options.ts';

/** For MikroORM's command line, against whatever server LOCI_DATABASE_URL names. */
export default ormOptions({ url: process.env['LOCI_DATABASE_URL'] ?? 'postgresql:///loci' });
