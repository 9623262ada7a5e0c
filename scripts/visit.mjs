const mostRedirects = 5;

/**
 * One visitor's requests, in order, with cookies of their own. A step: `get` or `post` with a path; `form`, `json` or `files`
 * to send; `take`, names for what a pattern finds in the page; `shows`, a text that the page must hold. `${name}` stands
 * for what was taken or given. Answers null, or what went wrong.
 */
export async function visit(url, steps, given) {
  const cookies = new Map();
  const taken = { ...given };
  for (const step of steps) {
    const [method, path] = step.post === undefined ? ['GET', step.get] : ['POST', step.post];
    const name = `${method} ${filled(path, taken)}`;
    const { status, page } = await asked(new URL(filled(path, taken), url), method, bodyOf(step, taken), cookies);
    if (status >= 400) return `${name} answers ${status}`;

    for (const [word, pattern] of Object.entries(step.take ?? {})) {
      const found = new RegExp(filled(pattern, taken)).exec(page)?.[1];
      if (found === undefined) return `${name} has no ${word}`;
      taken[word] = found;
    }
    const text = filled(step.shows ?? '', taken);
    if (!page.includes(text)) return `${name} does not show ${text}`;
  }
  return null;
}

/** Follows redirects as a browser does, so that the cookies of each answer are kept. */
async function asked(url, method, { body, headers }, cookies) {
  let next = { url, method, body, headers };
  for (let left = mostRedirects; ; left -= 1) {
    const response = await fetch(next.url, {
      method: next.method,
      body: next.body,
      headers: { ...next.headers, ...cookieHeader(cookies), referer: next.url.href, origin: next.url.origin },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);

    const page = await response.text();
    const location = response.headers.get('location');
    if (location === null || response.status < 300 || response.status > 399 || left === 0)
      return { status: response.status, page };
    next = { url: new URL(location, next.url), method: 'GET' };
  }
}

function bodyOf({ form, json, files }, taken) {
  if (json !== undefined)
    return { body: filled(JSON.stringify(json), taken), headers: { 'content-type': 'application/json' } };
  const fields = Object.entries(form ?? {}).map(([name, value]) => [name, filled(value, taken)]);
  if (files === undefined) return form === undefined ? {} : { body: new URLSearchParams(fields) };

  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  for (const [name, { named, text }] of Object.entries(files))
    body.append(name, new Blob([filled(text, taken)]), filled(named, taken));
  return { body };
}

function cookieHeader(cookies) {
  return cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

function keepCookie(cookies, line) {
  const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
  if (value === '' || /max-age=0(;|$)/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

function filled(text, words) {
  return text.replace(/\$\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}
