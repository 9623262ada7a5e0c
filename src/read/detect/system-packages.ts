import { lt } from '@renovatebot/pep440';
import type { Install } from '../../model/install.ts';

/** Debian packages without which a declared distribution can't be built or does not run; those that bring all they need are not here. */
export function systemPackages(install: Install): readonly string[] {
  const found = Object.entries(install.declared).flatMap(([name, specifier]) =>
    rows.flatMap(row => (isMeant(row, name, specifier) ? [...row.debian, ...(row.builds ? compiler : [])] : [])),
  );
  return [...new Set(found)].toSorted();
}

interface Row {
  /** Normalised names, apart by spaces. */
  readonly names: string;
  /** Only versions pinned below it: later ones have wheels that bring the libraries. */
  readonly below?: string;
  /** Whether it is compiled at installation. */
  readonly builds: boolean;
  readonly debian: readonly string[];
}

const compiler = ['build-essential', 'python3-dev'];

function isMeant({ names, below }: Row, name: string, specifier: string): boolean {
  if (!names.split(' ').includes(name)) return false;
  const version = /^={2,3}(\d+(?:\.\d+)*)/.exec(specifier)?.[1];
  return below === undefined || (version !== undefined && lt(version, below));
}

function built(names: string, debian = '', below?: string): Row {
  return { names, builds: true, debian: words(debian), ...(below === undefined ? {} : { below }) };
}

function runs(names: string, debian: string): Row {
  return { names, builds: false, debian: words(debian) };
}

function words(text: string): readonly string[] {
  return text.split(' ').filter(word => word !== '');
}

const rows: readonly Row[] = [
  // Databases and directories.
  built('psycopg2', 'libpq-dev'),
  built('mysqlclient flask-mysqldb', 'default-libmysqlclient-dev pkg-config'),
  built('mariadb', 'libmariadb-dev'),
  built('pymssql', 'freetds-dev', '2.2'),
  built('pyodbc', 'unixodbc-dev'),
  built('pysqlite3', 'libsqlite3-dev'),
  built('pylibmc', 'libmemcached-dev zlib1g-dev'),
  built('python-ldap django-auth-ldap flask-simpleldap', 'libldap2-dev libsasl2-dev'),
  built('gssapi pykerberos kerberos', 'libkrb5-dev'),
  built('confluent-kafka', 'librdkafka-dev', '1.9'),
  runs('cx-oracle', 'libaio1'),
  runs('fdb', 'libfbclient2'),

  // Servers and what they stand on.
  built('uwsgi meinheld netifaces'),
  built('bjoern', 'libev-dev'),
  built('mod-wsgi', 'apache2-dev'),
  built('gevent', 'libffi-dev', '21.1'),
  built('greenlet', '', '1.1'),
  built('psutil', '', '5.7.1'),
  built('grpcio', '', '1.48'),
  built('ujson', '', '5.0'),
  built('systemd-python', 'libsystemd-dev pkg-config'),
  built('dbus-python', 'libdbus-1-dev libglib2.0-dev pkg-config'),
  built('pycups', 'libcups2-dev'),
  built('pycurl', 'libcurl4-openssl-dev libssl-dev', '7.45.3'),

  // Cryptography and signatures.
  built('cryptography', 'libffi-dev libssl-dev', '3.4'),
  built('cffi', 'libffi-dev', '1.15'),
  built('bcrypt', 'libffi-dev', '3.2'),
  built('pycrypto', 'libgmp-dev'),
  built('m2crypto', 'libssl-dev swig'),
  built('scrypt', 'libssl-dev'),
  built('xmlsec python3-saml', 'libxmlsec1-dev pkg-config'),
  built('gpg pygpgme', 'libgpgme-dev'),
  runs('pysaml2 djangosaml2 flask-saml2', 'xmlsec1'),
  runs('python-gnupg', 'gnupg'),

  // Documents, pictures, text.
  built('lxml', 'libxml2-dev libxslt1-dev', '4.9'),
  built('pillow', 'libfreetype-dev libjpeg-dev zlib1g-dev', '9.0'),
  built('pycairo xhtml2pdf', 'libcairo2-dev pkg-config'),
  built('pygobject', 'libcairo2-dev libgirepository1.0-dev pkg-config'),
  built('pygraphviz', 'graphviz libgraphviz-dev'),
  built('pdftotext', 'libpoppler-cpp-dev pkg-config'),
  built('tesserocr', 'libleptonica-dev libtesseract-dev pkg-config'),
  built('pyicu', 'libicu-dev pkg-config'),
  built('python-levenshtein', '', '0.13'),
  runs('weasyprint flask-weasyprint django-weasyprint', 'libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0'),
  runs('cairosvg cairocffi', 'libcairo2'),
  runs('wand', 'libmagickwand-dev'),
  runs('python-magic', 'libmagic1'),
  runs('pytesseract', 'tesseract-ocr'),
  runs('ocrmypdf', 'ghostscript tesseract-ocr'),
  runs('pdf2image', 'poppler-utils'),
  runs('camelot-py', 'ghostscript'),
  runs('pdfkit imgkit', 'wkhtmltopdf'),
  runs('pypandoc', 'pandoc'),
  runs('graphviz pydot diagrams', 'graphviz'),
  runs('pyzbar', 'libzbar0'),
  runs('pylibdmtx', 'libdmtx0b'),
  runs('pyenchant', 'libenchant-2-2'),
  runs('tabula-py jpype1 pyspark', 'default-jre-headless'),

  // Sound, film, vision, science.
  built('pyaudio', 'portaudio19-dev'),
  built('dlib face-recognition', 'cmake'),
  built('h5py', 'libhdf5-dev pkg-config', '3.0'),
  built('gdal', 'libgdal-dev'),
  built('python-snappy', 'libsnappy-dev', '0.7'),
  built('rrdtool', 'librrd-dev'),
  built('pybluez', 'libbluetooth-dev'),
  runs('opencv-python opencv-contrib-python', 'libgl1 libglib2.0-0'),
  runs('pydub ffmpeg-python', 'ffmpeg'),
  runs('pyttsx3', 'espeak-ng'),
  runs('speechrecognition', 'flac'),
  runs('pyvips', 'libvips42'),
  runs('openslide-python', 'libopenslide0'),
  runs('pyusb', 'libusb-1.0-0'),
  runs('python-nmap', 'nmap'),
  runs('gitpython', 'git'),
];
