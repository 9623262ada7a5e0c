/** Whether an address in a text names a user or a password. The bare user of an ssh address ("git@") is no secret. */
export function hasCredentials(text: string): boolean {
  return withoutCredentials(text) !== text;
}

/** A text to show: the user and the password of every address in it are stars. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(credentials, (whole, scheme: string, user: string) =>
    /ssh:\/\/$/i.test(scheme) && !user.includes(':') ? whole : `${scheme}***@`,
  );
}

// A password may hold a slash that nobody encoded; a port may be followed by one, and the path by "@v1".
const credentials = /([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s/?#]*|[^\s/?#:@]*:(?!\d*[/?#])[^\s@]*)@/gi;
