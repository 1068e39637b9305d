import { highestDocumentDb, withoutUnneeded } from './database-packages.js';

describe('the packages of the database', () => {
  it('are those of the highest PostgreSQL that has DocumentDB, by number', () => {
    expect(highestDocumentDb(['postgresql-9-documentdb', 'postgresql-18-documentdb', 'postgresql-20', 'postgresql-19-documentdb-extra'])).toBe(18);
  });

  it('are none if the suite has no DocumentDB', () => {
    expect(highestDocumentDb(['postgresql-18', 'postgresql-client-18'])).toBeUndefined();
  });

  it('leave out what only maintainer scripts, raster images and tools want', () => {
    const closure = ['libc6', 'adduser', 'perl-base', 'libgdal38', 'postgresql-18', 'postgresql-18-rum', 'postgresql-18-cron', 'postgresql-common', 'libicu76'];
    expect(withoutUnneeded(closure)).toEqual(['libc6', 'postgresql-18', 'postgresql-18-cron', 'libicu76']);
  });
});
