/** What a command of a release gets from the person's own environment: who and where they are, and how to reach out. */
const passed =
  /^(?:HOME|USER|LOGNAME|LANG|LC_[A-Z]+|TZ|TERM|COLORTERM|COLUMNS|LINES|NO_COLOR|TMPDIR|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO|(?:https?|no|all)_proxy|(?:HTTPS?|NO|ALL)_PROXY)$/;

export function passedVariables(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const rows = Object.entries(environment).filter(
    (row): row is [string, string] => passed.test(row[0]) && row[1] !== undefined,
  );
  return Object.fromEntries(rows);
}
