/** Whether a conda package has no counterpart of the same name on a Python index: libraries, compilers, conda's own tools. */
export function isCondaOnly(name: string): boolean {
  return only.has(name) || onlyPattern.test(name);
}

/** Whether a Python package is conda's own: `pip freeze` in a conda environment names it, and no index has it in that form. */
export function isCondasOwn(name: string): boolean {
  return /^(mkl|mkl-(service|fft|random)|conda(-.*)?|anaconda(-.*)?|navigator-updater|nb-conda.*|menuinst|libmambapy|clyent|ruamel-yaml-conda)$/.test(
    name,
  );
}

/** The distribution on a Python index that brings what a conda package brings. */
export function distributionOfConda(name: string): string {
  return Object.hasOwn(renamed, name) ? (renamed[name] ?? name) : name;
}

/** conda ships binaries, so its psycopg2 and opencv are what an index calls the binary ones. */
const renamed: Readonly<Record<string, string>> = {
  'brotli-python': 'brotli',
  'grpc-python': 'grpcio',
  'matplotlib-base': 'matplotlib',
  'msgpack-python': 'msgpack',
  'numpy-base': 'numpy',
  opencv: 'opencv-python-headless',
  psycopg2: 'psycopg2-binary',
  'py-opencv': 'opencv-python-headless',
  'py-xgboost': 'xgboost',
  pytables: 'tables',
  'python-graphviz': 'graphviz',
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  'redis-py': 'redis',
  'ruamel-yaml': 'ruamel.yaml',
  'seaborn-base': 'seaborn',
  'tensorflow-base': 'tensorflow',
  'tensorflow-mkl': 'tensorflow',
};

const onlyPattern =
  /^(_|lib(?!sass$|cst$|tmux$)|r-|vs20\d\d|vc\d*$|ucrt$|icc-rt$|m2w64-|msys2-|gcc|gxx|gfortran|clang|llvm-openmp$|ld-impl|binutils|sysroot|kernel-headers|cuda|cudnn|nvidia-|qt\d*$|qt-|xorg-|fonts?-|gst-|nb-conda|conda|anaconda|navigator|font-ttf|compilers?$|python-abi$|aws-c-|aws-sdk-cpp|aws-crt)/;

const only = new Set(
  `python pip setuptools wheel blas openblas mkl mkl-service mkl-fft mkl-random intel-openmp tbb openssl ca-certificates sqlite zlib
  zlib-ng xz tk readline ncurses bzip2 libffi zstd lz4-c snappy lzo blosc c-blosc2 hdf5 freetype jpeg openjpeg lcms2 lerc giflib icu pcre
  pcre2 glib dbus expat fontconfig gettext gmp mpfr mpc curl c-ares krb5 postgresql mysql-common mysql-libs nodejs git make cmake pandoc
  ffmpeg graphviz cairo pango harfbuzz pixman graphite2 fribidi gdk-pixbuf atk gtk3 gtk2 nspr nss pthread-stubs yaml yaml-cpp tzdata menuinst
  winpty sip pyqt redis-server redis nginx bottleneck-base brotli brotli-bin boost boost-cpp arrow-cpp orc re2 gflags glog abseil-cpp
  grpc-cpp thrift-cpp double-conversion eigen nccl magma metis suitesparse tbb4py dal daal4py ninja-base geos proj gdal-base poppler
  poppler-data xerces-c cfitsio kealib openmp perl r r-base rust ruby openjdk unixodbc freetds cyrus-sasl utf8proc s2n cpuonly pytorch-mutex
  pytorch-cuda charls aom dav1d x264 x265 svt-av1 openh264 lame nettle gnutls libidn2 p11-kit jxrlib zfp imagecodecs-lite
  mkl-include toolz-base ocl-icd khronos-opencl-icd-loader tensorflow-gpu-base backports console-shortcut powershell-shortcut`
    .split(/\s+/)
    .filter(name => name !== ''),
);
