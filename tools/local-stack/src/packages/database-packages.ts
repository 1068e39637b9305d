/** The highest n for which the suite has `postgresql-<n>-documentdb`: the suite rolls, a fixed one would vanish. */
export function highestDocumentDb(names: readonly string[]): number | undefined {
  const majors = names.flatMap((name) => /^postgresql-(\d+)-documentdb$/.exec(name)?.[1] ?? []).map(Number);
  return majors.length === 0 ? undefined : Math.max(...majors);
}

/** PostGIS' SQL scripts are a Recommends, but DocumentDB's `cascade` wants the extension. */
export const databasePackages = (major: number): string[] => [`postgresql-${major}-documentdb`, `postgresql-${major}-postgis-3-scripts`, 'libc6'];

// Only maintainer scripts (adduser, debconf, perl, systemd …), PostGIS' raster and 3D parts (GDAL, SFCGAL and what they
// read and write) and command line tools want these. What the server itself links against must not match.
const unneeded = new RegExp(
  `^(${[
    'adduser|base-|bash|bsdutils|coreutils|cron|dash|debconf|debianutils|dirmngr|dpkg|diffutils|findutils|fontconfig|fonts-|gcc-|gdal|gnupg|gpg|pinentry',
    'locales|login|mawk|mariadb|mysql|netbase|openssl|passwd|perl|procps|proj-data|readline|sed|sensible|ssl-cert|systemd|sysvinit|tar|tzdata|ucf',
    'unixodbc|util-linux|postgresql-client|postgresql-common|libgdal|libsfcgal|libabsl|libacl|libaec|libaom|libarchive|libarmadillo|libarpack|libassuan',
    'libattr|libaudit-common|libavif|libblas|libblkid|libblosc|libboost|libbsd|libbz2|libc-|libcfitsio|libcrypt1|libdav1d|libdb5|libde265|libdebconf',
    'libexpat|libfontconfig|libfreetype|libfreexl|libfyba|libgav|libgcrypt|libgdbm|libgeotiff|libgfortran|libgif|libgmpxx|libgomp|libgpg|libhdf|libheif',
    'libhwy|libjson-perl|libjxl|libksba|liblapack|liblcms|libltdl|libmariadb|libmd0|libminizip|libmount|libmpfr|libmuparser|libncurses|libnetcdf|libnpth',
    'libnspr|libnss|libodbc|libopenjp|libpam-|libperl|libpng|libpoppler|libproc|libqhull|librav|libreadline|librttopo|libsasl2-modules|libselinux',
    'libsemanage|libsepol|libsnappy|libspatialite|libsuperlu|libsvtav|libsystemd-shared|libsz|libtext|libtinfo|libuuid|libxerces|libxslt|libyuv',
    // DocumentDB's older index; the extended one serves.
    'postgresql-\\d+-rum$',
  ].join('|')})`,
);

export const withoutUnneeded = (packages: readonly string[]): string[] => packages.filter((name) => !unneeded.test(name));
